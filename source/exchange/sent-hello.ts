import type {BuiltHello} from './built-hello.js';
import type {HelloSpec} from './hello-spec.js';
import {readClientHello} from './read-client-hello.js';

/** A hello as it went out, for its answer to be held against. */
export type SentHello = {readonly spec: HelloSpec; readonly built: BuiltHello};

/**
@param bytes - Everything the client sent: records, or the one record of SSL 2.
@param asked - What the hello cannot say of itself: TLS 1.3 is not in `legacy_version`, and a shape has a name.
@throws {DecodeError} If they are not a ClientHello.
*/
export function readSentHello(bytes: Uint8Array, {version, shape}: Pick<HelloSpec, 'version' | 'shape'>): SentHello {
	const {spec, sessionId, extensions} = readClientHello(bytes, shape);
	return {
		spec: {version, shape, cipherSuites: spec.cipherSuites, extensions: spec.extensions},
		built: {bytes, sessionId, extensionTypes: new Set(extensions?.map(({type}) => type))},
	};
}
