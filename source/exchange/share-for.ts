import type {KeyShareEntry} from '../wire/extensions/key-share.js';

const secp256r1 = 0x00_17;
const x25519MlKem768 = 0x11_ec;

/** The base point of each curve: a valid public key, and no secret is ever made of it. SEC 2 §2.4.2, §2.5.1 and §2.6.1. */
const basePoints: ReadonlyMap<number, Buffer> = new Map(
	[
		[
			secp256r1,
			'046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
		],
		[
			0x00_18,
			'04aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab73617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f',
		],
		[
			0x00_19,
			'0400c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650',
		],
	].map(([group, point]) => [group as number, Buffer.from(point as string, 'hex')]),
);

/** How long the keys of a group are, where a client sends one. */
export const shareLengths: Readonly<Record<number, number>> = {
	23: 65,
	24: 97,
	25: 133,
	29: 32,
	30: 56,
	256: 256,
	257: 384,
	[x25519MlKem768]: 1216,
};

/**
A public key that a server takes. Any 32 bytes below 2^255 - 19 are one of X25519, so nothing has to be computed. RFC 7748 §5 has
servers ignore the top bit, but wolfSSL closes the connection if it is set; in a key that was computed it never is.

@param length - In bytes; that of the group's keys.
*/
export function shareFor(group: number, random: (size: number) => Uint8Array, length = shareLengths[group] ?? 32): KeyShareEntry {
	const point = basePoints.get(group);
	if (point?.length === length) {
		return {group, keyExchange: point};
	}

	if (length === 32) {
		return {group, keyExchange: x25519Key(random)};
	}

	if (group === x25519MlKem768 && length === 1216) {
		// Coefficients above the modulus are refused; zeros are below it. FIPS 203 §7.2.
		return {group, keyExchange: Uint8Array.of(...new Uint8Array(1152), ...random(32), ...x25519Key(random))};
	}

	const keyExchange = random(length);

	if (group >> 8 === 0x01) {
		// Below the prime, which begins with ones. RFC 7919 appendix A.
		return {group, keyExchange: Uint8Array.of(1, ...keyExchange.subarray(1))};
	}

	// GREASE has a key of one byte. RFC 8701 §3.1.
	return {group, keyExchange: length === 1 ? new Uint8Array(1) : keyExchange};
}

const x25519Key = (random: (size: number) => Uint8Array): Uint8Array => Uint8Array.of(...random(31), 0x40);
