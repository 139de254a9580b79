import {DecodeError} from '../bytes/decode-error.js';
import {type ClientHello, clientHello} from '../wire/client-hello.js';
import {type Codec, decode} from '../wire/codec.js';
import {findExtension} from '../wire/extension.js';
import {keyShare, serverName, signatureAlgorithms, supportedGroups} from '../wire/extensions/index.js';
import {handshake} from '../wire/handshake.js';
import {splitRecords} from '../wire/record.js';
import {ssl2ClientHello} from '../wire/ssl2.js';
import type {BuiltHello} from './built-hello.js';
import type {HelloExtensions, HelloSpec} from './hello-spec.js';

/** A hello as it went out, for its answer to be held against. */
export type RecordedHello = {readonly spec: HelloSpec; readonly built: BuiltHello};

/**
@param bytes - Everything the client sent: records, or the one record of SSL 2.
@param asked - What the hello cannot say of itself: TLS 1.3 is not in `legacy_version`, and a shape has a name.
@throws {DecodeError} If they are not a ClientHello.
*/
export function recordedHello(bytes: Uint8Array, asked: Pick<HelloSpec, 'version' | 'shape'>): RecordedHello {
	const {version, shape} = asked;
	if (version === 0x00_02) {
		const hello = decode(ssl2ClientHello, bytes.subarray(2));
		return {
			spec: {version, shape, cipherSuites: hello.cipherKinds},
			built: {bytes, sessionId: hello.sessionId, extensionTypes: new Set()},
		};
	}

	const fragments = splitRecords(bytes).records.map(({fragment}) => fragment);
	const hello = decode(clientHello, decode(handshake, Uint8Array.from(Buffer.concat(fragments))).body);
	return {
		spec: {version, shape, cipherSuites: hello.cipherSuites, extensions: hello.extensions && extensionsOf(hello)},
		built: {bytes, sessionId: hello.sessionId, extensionTypes: new Set(hello.extensions?.map(({type}) => type))},
	};
}

function extensionsOf({extensions}: ClientHello): HelloExtensions {
	const find = <Value>(type: number, body: Codec<Value>): Value | undefined => {
		try {
			return findExtension(extensions, type, body);
		} catch (error) {
			if (error instanceof DecodeError) {
				return undefined;
			}

			throw error;
		}
	};

	return {
		serverName: find(serverName.type, serverName.clientHello)?.[0]?.name,
		groups: find(supportedGroups.type, supportedGroups.clientHello) ?? [],
		keyShares: find(keyShare.type, keyShare.clientHello)?.map(({group}) => group) ?? [],
		signatureSchemes: find(signatureAlgorithms.type, signatureAlgorithms.clientHello) ?? [],
		isRich: false,
	};
}
