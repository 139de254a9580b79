import {toHex} from '../bytes/hex.js';
import type {LaidOutExtension} from '../exchange/hello-layout.js';
import type {HelloSpec} from '../exchange/hello-spec.js';
import {encode} from '../wire/codec.js';
import {serverName as serverNameExtension} from '../wire/extensions/index.js';
import {makeHello} from './building/hello-facts.js';
import type {ClientProfile} from './client-profile.js';

/**
The hello of a client.

@param serverName - For SNI; undefined sends none.
*/
export const helloOf = ({name, hello}: Pick<ClientProfile, 'name' | 'hello'>, serverName: string | undefined): HelloSpec =>
	'facts' in hello ? makeHello(name, hello.facts, serverName) : withName({...hello.recorded, shape: name}, serverName);

function withName(spec: HelloSpec, name: string | undefined): HelloSpec {
	const {layout, extensions} = spec;
	if (layout?.extensions === undefined || extensions?.serverName === undefined) {
		return spec;
	}

	const rename = (item: LaidOutExtension): readonly LaidOutExtension[] => {
		if (item.type !== serverNameExtension.type) {
			return [item];
		}

		return name === undefined ? [] : [{type: item.type, body: toHex(encode(serverNameExtension.clientHello, [{nameType: 0, name}]))}];
	};
	return {...spec, extensions: {...extensions, serverName: name}, layout: {...layout, extensions: layout.extensions.flatMap(rename)}};
}
