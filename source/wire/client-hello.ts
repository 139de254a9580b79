import {cipherSuites} from '../iana/cipher-suites.js';
import {versions} from '../iana/versions.js';
import type {Codec} from './codec.js';
import {type Extension, extensionBlock} from './extension.js';

export type ClientHello = {
	readonly legacyVersion: number;
	/** 32 bytes. */
	readonly random: Uint8Array;
	/** At most 32 bytes. */
	readonly sessionId: Uint8Array;
	readonly cipherSuites: readonly number[];
	readonly compressionMethods: readonly number[];
	/** Undefined if there is no extension block, which TLS 1.2 allows. */
	readonly extensions: readonly Extension[] | undefined;
};

const compressionLabel = (method: number): string => (method === 0 ? 'null' : method === 1 ? 'DEFLATE' : String(method));

/** RFC 9846 §4.2.2, RFC 5246 §7.4.1.2. */
export const clientHello: Codec<ClientHello> = {
	name: 'ClientHello',
	decode: reader => ({
		legacyVersion: reader.uint16('legacy_version', versions.label),
		random: reader.bytes(32, 'random'),
		sessionId: reader.prefixed(1, 'legacy_session_id', id => id.rest('legacy_session_id')),
		cipherSuites: reader.prefixed(2, 'cipher_suites', list =>
			list.list('cipher_suites', item => item.uint16('cipher_suite', cipherSuites.label)),
		),
		compressionMethods: reader.prefixed(1, 'legacy_compression_methods', list =>
			list.list('legacy_compression_methods', item => item.uint8('compression_method', compressionLabel)),
		),
		extensions: extensionBlock.decode(reader, 'clientHello'),
	}),
	encode(writer, hello) {
		writer.uint16(hello.legacyVersion).bytes(hello.random);
		writer.prefixed(1, id => id.bytes(hello.sessionId));
		writer.prefixed(2, list => {
			for (const suite of hello.cipherSuites) {
				list.uint16(suite);
			}
		});
		writer.prefixed(1, list => {
			for (const method of hello.compressionMethods) {
				list.uint8(method);
			}
		});
		extensionBlock.encode(writer, hello.extensions);
	},
};
