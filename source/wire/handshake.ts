import {hexNumber} from '../bytes/hex.js';
import type {Codec} from './codec.js';

/** RFC 9846 §4 and RFC 5246 §7.4. */
export const handshakeTypes = {
	0: 'hello_request',
	1: 'client_hello',
	2: 'server_hello',
	4: 'new_session_ticket',
	8: 'encrypted_extensions',
	11: 'certificate',
	12: 'server_key_exchange',
	13: 'certificate_request',
	14: 'server_hello_done',
	15: 'certificate_verify',
	16: 'client_key_exchange',
	20: 'finished',
	22: 'certificate_status',
	25: 'compressed_certificate',
} as const;

export const handshakeType = {
	helloRequest: 0,
	clientHello: 1,
	serverHello: 2,
	encryptedExtensions: 8,
	certificate: 11,
	serverKeyExchange: 12,
	certificateRequest: 13,
	serverHelloDone: 14,
	certificateVerify: 15,
	finished: 20,
	certificateStatus: 22,
	compressedCertificate: 25,
} as const;

export const handshakeTypeLabel = (type: number): string => (handshakeTypes as Record<number, string>)[type] ?? hexNumber(type, 1);

export type Handshake = {
	readonly type: number;
	readonly body: Uint8Array;
};

/** RFC 9846 §4. */
export const handshake: Codec<Handshake> = {
	name: 'Handshake',
	decode: reader => ({
		type: reader.uint8('msg_type', handshakeTypeLabel),
		body: reader.prefixed(3, 'body', body => body.rest('body')),
	}),
	encode(writer, {type, body}) {
		writer.uint8(type);
		writer.prefixed(3, inner => inner.bytes(body));
	},
};
