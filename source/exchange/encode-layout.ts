import {fromHex} from '../bytes/hex.js';
import {type ClientHello, clientHello} from '../wire/client-hello.js';
import {encode} from '../wire/codec.js';
import {type Extension, makeExtension} from '../wire/extension.js';
import {keyShare, renegotiationInfo} from '../wire/extensions/index.js';
import {handshake, handshakeType} from '../wire/handshake.js';
import {contentType, record} from '../wire/record.js';
import {ssl2ClientHello, ssl2Record} from '../wire/ssl2.js';
import type {BuiltHello, Random} from './built-hello.js';
import type {HelloLayout, LaidOutExtension} from './hello-layout.js';
import {shareFor} from './share-for.js';

/** Encode a hello that is laid out as some client's. Nothing is added: no padding, no extension. */
export function encodeLayout(cipherSuites: readonly number[], layout: HelloLayout, random: Random): BuiltHello {
	if (layout.format === 'ssl2') {
		const hello = {version: layout.legacyVersion, cipherKinds: cipherSuites, sessionId: new Uint8Array(), challenge: random(16)};
		return {bytes: ssl2Record(encode(ssl2ClientHello, hello)), sessionId: hello.sessionId, extensionTypes: new Set()};
	}

	const hello: ClientHello = {
		legacyVersion: layout.legacyVersion,
		random: random(32),
		sessionId: random(layout.sessionIdLength),
		cipherSuites,
		compressionMethods: layout.compressionMethods,
		extensions: layout.extensions?.map(item => encodeExtension(item, random)),
	};
	const message = encode(handshake, {type: handshakeType.clientHello, body: encode(clientHello, hello)});
	return {
		bytes: encode(record, {type: contentType.handshake, legacyVersion: layout.recordVersion, fragment: message}),
		sessionId: hello.sessionId,
		// The signalling suite asks for the extension as well. RFC 5746 §3.3.
		extensionTypes: new Set([
			...(hello.extensions?.map(({type}) => type) ?? []),
			...(cipherSuites.includes(signallingSuite) ? [renegotiationInfo.type] : []),
		]),
	};
}

/** TLS_EMPTY_RENEGOTIATION_INFO_SCSV. */
const signallingSuite = 0x00_ff;

function encodeExtension(item: LaidOutExtension, random: Random): Extension {
	if ('body' in item) {
		return {type: item.type, data: fromHex(item.body)};
	}

	const shares = item.shares.map(({group, length}) => shareFor(group, random, length));
	return makeExtension(keyShare.type, keyShare.clientHello, shares);
}
