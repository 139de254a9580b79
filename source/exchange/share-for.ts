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
export function shareFor(group: number, random: (size: number) => Uint8Array, length = lengthOf(group)): KeyShareEntry {
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

	return {group, keyExchange: length === 1 ? new Uint8Array(1) : keyExchange};
}

/** GREASE has a key of one byte. RFC 8701 §3.1. */
const lengthOf = (group: number): number => shareLengths[group] ?? ((group & 0x0f_0f) === 0x0a_0a ? 1 : 32);

const x25519Key = (random: (size: number) => Uint8Array): Uint8Array => Uint8Array.of(...random(31), 0x40);

/** Of the private key 0707...07, by RFC 7748 §5. */
const x25519Of7 = '13be4feaeaf204c7fd3358fc9c00721881d174278128227ec674f37f7fe97b6d';
const x448Of7 = '02e0e2f24768d9c5f3db3b49bb260404611ab670c112974cefb817c4c832ea5594e77752bd084eca35df7b4716421418713821c5fe3c955e';

/** Groups whose shares may have a private key that is known: every one with the usual curves and primes, and no hybrid. */
export const openableGroups: readonly number[] = [
	0x00_1d,
	secp256r1,
	0x00_18,
	0x00_19,
	0x00_1e,
	0x01_00,
	0x01_01,
	0x01_02,
	0x01_03,
	0x01_04,
];

/**
A public key whose private key is known, so that what the server encrypts by it can be read. It is 1 for curves in their old form and for finite
fields: the public key is the base point or the generator, and the shared secret is what the server sends. X25519 and X448 set bits of
private keys, so theirs is 0707...07. `sharedSecret` has the other half.
*/
export function knownShareFor(group: number): KeyShareEntry {
	const point = basePoints.get(group);
	if (point !== undefined) {
		return {group, keyExchange: point};
	}

	if (group >> 8 === 0x01 && openableGroups.includes(group)) {
		// The generator of each is 2. RFC 7919 appendix A.
		const keyExchange = new Uint8Array(finiteFieldBytes(group));
		keyExchange[keyExchange.length - 1] = 2;
		return {group, keyExchange};
	}

	if (group === 0x00_1d || group === 0x00_1e) {
		return {group, keyExchange: Buffer.from(group === 0x00_1d ? x25519Of7 : x448Of7, 'hex')};
	}

	throw new Error(`group ${group} has no share whose private key is known`);
}

/** ffdhe2048, 3072, 4096, 6144 and 8192. RFC 7919 appendix A. */
export const finiteFieldBytes = (group: number): number => [256, 384, 512, 768, 1024][group & 0xff] ?? 0;
