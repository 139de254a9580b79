import {DecodeError} from '../bytes/decode-error.js';
import {hexNumber} from '../bytes/hex.js';
import {versions} from '../iana/versions.js';
import type {Codec} from './codec.js';

/** Cipher kinds of SSL 2, three bytes each. draft-hickman-netscape-ssl-00 §2.7. */
export const ssl2CipherKinds = [
	{code: 0x07_00_c0, name: 'SSL_CK_DES_192_EDE3_CBC_WITH_MD5'},
	{code: 0x05_00_80, name: 'SSL_CK_IDEA_128_CBC_WITH_MD5'},
	{code: 0x03_00_80, name: 'SSL_CK_RC2_128_CBC_WITH_MD5'},
	{code: 0x01_00_80, name: 'SSL_CK_RC4_128_WITH_MD5'},
	{code: 0x06_00_40, name: 'SSL_CK_DES_64_CBC_WITH_MD5'},
	{code: 0x04_00_80, name: 'SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5'},
	{code: 0x02_00_80, name: 'SSL_CK_RC4_128_EXPORT40_WITH_MD5'},
] as const;

/** Kinds that implementations have had beside those of the draft, by SSLeay's names. */
export const otherSsl2CipherKinds = [
	{code: 0x07_01_c0, name: 'SSL_CK_DES_192_EDE3_CBC_WITH_SHA'},
	{code: 0x06_01_40, name: 'SSL_CK_DES_64_CBC_WITH_SHA'},
	{code: 0x08_00_80, name: 'SSL_CK_RC4_64_WITH_MD5'},
	{code: 0xff_08_00, name: 'SSL_CK_DES_64_CFB64_WITH_MD5_1'},
	{code: 0x00_00_00, name: 'SSL_CK_NULL_WITH_MD5'},
	{code: 0xff_08_10, name: 'SSL_CK_NULL'},
] as const;

const cipherKindNames = new Map<number, string>([...ssl2CipherKinds, ...otherSsl2CipherKinds].map(({code, name}) => [code, name]));

export const ssl2CipherKindLabel = (code: number): string => cipherKindNames.get(code) ?? hexNumber(code, 3);

const messageTypes: Readonly<Record<number, string>> = {0: 'error', 1: 'client_hello', 4: 'server_hello'};
const messageTypeLabel = (type: number): string => messageTypes[type] ?? hexNumber(type, 1);

export type Ssl2ClientHello = {
	readonly version: number;
	readonly cipherKinds: readonly number[];
	readonly sessionId: Uint8Array;
	/** 16 to 32 bytes. */
	readonly challenge: Uint8Array;
};

/** CLIENT-HELLO, without its record header. draft-hickman-netscape-ssl-00 §2.5, RFC 5246 appendix E.2. */
export const ssl2ClientHello: Codec<Ssl2ClientHello> = {
	name: 'SSL 2 CLIENT-HELLO',
	decode(reader) {
		expectType(reader.uint8('MSG-CLIENT-HELLO', messageTypeLabel), 1, reader.offset - 1);
		const version = reader.uint16('CLIENT-VERSION', versions.label);
		const kindsLength = reader.uint16('CIPHER-SPECS-LENGTH');
		const sessionIdLength = reader.uint16('SESSION-ID-LENGTH');
		const challengeLength = reader.uint16('CHALLENGE-LENGTH');
		if (kindsLength % 3 !== 0) {
			throw new DecodeError('CIPHER-SPECS-LENGTH', reader.offset - 6, 'not a multiple of three');
		}

		return {
			version,
			cipherKinds: Array.from({length: kindsLength / 3}, () => reader.uint24('CIPHER-SPECS-DATA', ssl2CipherKindLabel)),
			sessionId: reader.bytes(sessionIdLength, 'SESSION-ID-DATA'),
			challenge: reader.bytes(challengeLength, 'CHALLENGE-DATA'),
		};
	},
	encode(writer, {version, cipherKinds, sessionId, challenge}) {
		writer
			.uint8(1)
			.uint16(version)
			.uint16(cipherKinds.length * 3)
			.uint16(sessionId.length)
			.uint16(challenge.length);
		for (const kind of cipherKinds) {
			writer.uint24(kind);
		}

		writer.bytes(sessionId).bytes(challenge);
	},
};

export type Ssl2ServerHello = {
	readonly sessionIdHit: number;
	readonly certificateType: number;
	readonly version: number;
	readonly certificate: Uint8Array;
	readonly cipherKinds: readonly number[];
	readonly connectionId: Uint8Array;
};

/** SERVER-HELLO, without its record header. draft-hickman-netscape-ssl-00 §2.6. */
export const ssl2ServerHello: Codec<Ssl2ServerHello> = {
	name: 'SSL 2 SERVER-HELLO',
	decode(reader) {
		expectType(reader.uint8('MSG-SERVER-HELLO', messageTypeLabel), 4, reader.offset - 1);
		const sessionIdHit = reader.uint8('SESSION-ID-HIT');
		const certificateType = reader.uint8('CERTIFICATE-TYPE');
		const version = reader.uint16('SERVER-VERSION', versions.label);
		const certificateLength = reader.uint16('CERTIFICATE-LENGTH');
		const kindsLength = reader.uint16('CIPHER-SPECS-LENGTH');
		const connectionIdLength = reader.uint16('CONNECTION-ID-LENGTH');
		if (kindsLength % 3 !== 0) {
			throw new DecodeError('CIPHER-SPECS-LENGTH', reader.offset - 4, 'not a multiple of three');
		}

		return {
			sessionIdHit,
			certificateType,
			version,
			certificate: reader.bytes(certificateLength, 'CERTIFICATE-DATA'),
			cipherKinds: Array.from({length: kindsLength / 3}, () => reader.uint24('CIPHER-SPECS-DATA', ssl2CipherKindLabel)),
			connectionId: reader.bytes(connectionIdLength, 'CONNECTION-ID-DATA'),
		};
	},
	encode(writer, hello) {
		writer.uint8(4).uint8(hello.sessionIdHit).uint8(hello.certificateType).uint16(hello.version);
		writer
			.uint16(hello.certificate.length)
			.uint16(hello.cipherKinds.length * 3)
			.uint16(hello.connectionId.length)
			.bytes(hello.certificate);
		for (const kind of hello.cipherKinds) {
			writer.uint24(kind);
		}

		writer.bytes(hello.connectionId);
	},
};

function expectType(found: number, wanted: number, offset: number): void {
	if (found !== wanted) {
		throw new DecodeError('message type', offset, `${messageTypeLabel(found)} instead of ${messageTypeLabel(wanted)}`);
	}
}

/**
The length of an SSL 2 record's body and of its header.

@param bytes - At least three bytes.
@returns Undefined if they cannot be the header of a SERVER-HELLO or an error. draft-hickman-netscape-ssl-00 §1.1.
*/
export function ssl2RecordHeader(bytes: Uint8Array): {readonly headerLength: 2 | 3; readonly bodyLength: number} | undefined {
	const headerLength = bytes[0]! & 0x80 ? 2 : 3;
	const bodyLength = headerLength === 2 ? ((bytes[0]! & 0x7f) << 8) | bytes[1]! : ((bytes[0]! & 0x3f) << 8) | bytes[1]!;
	const type = headerLength === 2 ? bytes[2] : bytes[3];
	return type === undefined || type === 4 || type === 0 ? {headerLength, bodyLength} : undefined;
}

/** An SSL 2 record: a two-byte header, no padding, then the message. */
export function ssl2Record(body: Uint8Array): Uint8Array {
	return Uint8Array.of(0x80 | (body.length >> 8), body.length & 0xff, ...body);
}
