import {constants, type KeyObject, publicEncrypt, randomFillSync} from 'node:crypto';

/** The blocks that are sent: one that is well formed, and four with one mistake each, which an oracle may tell from others. */
export const blockKinds = ['well-formed', 'wrong-start', 'separator-late', 'no-separator', 'wrong-version'] as const;

export type BlockKind = (typeof blockKinds)[number];

/** In words, after `a block`. */
export const blockWords: Readonly<Record<BlockKind, string>> = {
	'well-formed': 'that is well formed',
	'wrong-start': 'that does not start with 00 02',
	'separator-late': 'with a premaster secret of one byte',
	'no-separator': 'without a zero after the padding',
	'wrong-version': 'with another version',
};

const premasterBytes = 48;
/** 00 02, eight bytes of padding, and 00. RFC 8017 §7.2.1. */
const leastOverhead = 11;

/**
Encrypt a block that is as long as the modulus: 00 02, padding without zeros, 00, the version and 46 bytes, or the same with one mistake.

@param clientVersion - The version of the ClientHello, which starts the premaster secret. RFC 5246 §7.4.7.1.
@returns Undefined if OpenSSL does not encrypt with this key, or if the key is too short.
*/
export function encryptedBlock(kind: BlockKind, key: KeyObject, clientVersion: number): Uint8Array | undefined {
	const modulus = Buffer.from(key.export({format: 'jwk'}).n ?? '', 'base64url');
	if (modulus.length < premasterBytes + leastOverhead) {
		return undefined;
	}

	try {
		return publicEncrypt({key, padding: constants.RSA_NO_PADDING}, blockOf(kind, modulus, clientVersion));
	} catch {
		// Such as an exponent that OpenSSL does not accept.
		return undefined;
	}
}

function blockOf(kind: BlockKind, modulus: Uint8Array, clientVersion: number): Uint8Array {
	const block = randomFillSync(new Uint8Array(modulus.length)).map(byte => byte || 1);
	const separator = block.length - premasterBytes - 1;
	// The block has to be a smaller number than the modulus.
	block.set(kind === 'wrong-start' ? [Math.min(0x41, modulus[0]! - 1), 0x17] : [0x00, 0x02]);
	switch (kind) {
		case 'separator-late':
			block[block.length - 2] = 0;
			break;
		case 'no-separator':
			break;
		case 'well-formed':
		case 'wrong-start':
			block.set([0, clientVersion >> 8, clientVersion & 0xff], separator);
			break;
		case 'wrong-version':
			block.set([0, 0x02, 0x02], separator);
			break;
		default:
			kind satisfies never;
	}

	return block;
}
