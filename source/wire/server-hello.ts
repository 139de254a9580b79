import {fromHex, toHex} from '../bytes/hex.js';
import {cipherSuites} from '../iana/cipher-suites.js';
import {versions} from '../iana/versions.js';
import type {Codec} from './codec.js';
import {type Extension, extensionBlock} from './extension.js';

export type ServerHello = {
	readonly legacyVersion: number;
	/** 32 bytes. */
	readonly random: Uint8Array;
	readonly sessionId: Uint8Array;
	readonly cipherSuite: number;
	readonly compressionMethod: number;
	/** Undefined if there is no extension block, which TLS 1.2 allows. */
	readonly extensions: readonly Extension[] | undefined;
};

/** SHA-256 of "HelloRetryRequest": as the random, it makes a ServerHello a HelloRetryRequest. RFC 9846 §4.2.3. */
export const helloRetryRequestRandom = fromHex('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c');

const helloRetryRequestHex = toHex(helloRetryRequestRandom);

export const isHelloRetryRequest = ({random}: {readonly random: Uint8Array}): boolean =>
	random[0] === helloRetryRequestRandom[0] && toHex(random) === helloRetryRequestHex;

/** `DOWNGRD`, which comes before the last byte of such a random. */
const downgrade = [0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44];

/**
The version that a downgraded server supports, according to the last bytes of its random.

@returns 0x0304 for `DOWNGRD\x01` (at least TLS 1.3), 0x0303 for `DOWNGRD\x00` (at least TLS 1.2), undefined for neither. RFC 9846 §4.2.3.
*/
export function downgradeSentinel(random: Uint8Array): 0x03_03 | 0x03_04 | undefined {
	if (random[31]! > 1 || !downgrade.every((byte, index) => random[24 + index] === byte)) {
		return undefined;
	}

	return random[31] === 1 ? 0x03_04 : 0x03_03;
}

const describeRandom = (random: Uint8Array): string => {
	if (isHelloRetryRequest({random})) {
		return 'the fixed value of a HelloRetryRequest';
	}

	const sentinel = downgradeSentinel(random);
	return sentinel === undefined ? '' : `ends in a downgrade sentinel: the server supports ${versions.label(sentinel)}`;
};

/** ServerHello and HelloRetryRequest. RFC 9846 §4.2.3 and §4.2.4, RFC 5246 §7.4.1.3. */
export const serverHello: Codec<ServerHello> = {
	name: 'ServerHello',
	decode(reader) {
		const legacyVersion = reader.uint16('legacy_version', versions.label);
		const random = reader.bytes(32, 'random', value => describeRandom(value));
		return {
			legacyVersion,
			random,
			sessionId: reader.prefixed(1, 'legacy_session_id_echo', id => id.rest('legacy_session_id_echo')),
			cipherSuite: reader.uint16('cipher_suite', cipherSuites.label),
			compressionMethod: reader.uint8('legacy_compression_method'),
			extensions: extensionBlock.decode(reader, isHelloRetryRequest({random}) ? 'helloRetryRequest' : 'serverHello'),
		};
	},
	encode(writer, hello) {
		writer.uint16(hello.legacyVersion).bytes(hello.random);
		writer.prefixed(1, id => id.bytes(hello.sessionId));
		writer.uint16(hello.cipherSuite).uint8(hello.compressionMethod);
		extensionBlock.encode(writer, hello.extensions);
	},
};
