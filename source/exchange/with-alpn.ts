import {encode} from '../wire/codec.js';
import {applicationLayerProtocolNegotiation} from '../wire/extensions/index.js';
import type {HelloLayout, LaidOutExtension} from './hello-layout.js';
import type {HelloSpec} from './hello-spec.js';

const preSharedKey = 0x00_29;

/** By the list and by the hello: what is built of a hello is kept by the hello itself. */
const known = new WeakMap<readonly string[], WeakMap<HelloSpec, HelloSpec>>();

/**
The same hello with these application protocols, where it has extensions at all. RFC 7301.

@param protocols - Their ids, the preferred one first, a byte a character. The same list each time.
*/
export function withAlpn(hello: HelloSpec, protocols: readonly string[]): HelloSpec {
	const made = known.get(protocols) ?? new WeakMap<HelloSpec, HelloSpec>();
	known.set(protocols, made);
	const same = made.get(hello);
	if (same !== undefined) {
		return same;
	}

	const spec = {
		...hello,
		...(hello.extensions && {extensions: {...hello.extensions, alpn: protocols}}),
		...(hello.layout && {layout: laidOut(hello.layout, protocols)}),
	};
	made.set(hello, spec);
	return spec;
}

/** In the place where the client has its own, else last; but pre_shared_key is the last one of all. RFC 9846 §4.3.11. */
function laidOut(layout: HelloLayout, protocols: readonly string[]): HelloLayout {
	if (layout.extensions === undefined) {
		return layout;
	}

	const {type, clientHello} = applicationLayerProtocolNegotiation;
	const extension: LaidOutExtension = {type, body: Buffer.from(encode(clientHello, protocols)).toString('hex')};
	if (layout.extensions.some(item => item.type === type)) {
		return {...layout, extensions: layout.extensions.map(item => (item.type === type ? extension : item))};
	}

	const last = layout.extensions.at(-1)?.type === preSharedKey ? layout.extensions.slice(-1) : [];
	return {...layout, extensions: [...layout.extensions.slice(0, layout.extensions.length - last.length), extension, ...last]};
}
