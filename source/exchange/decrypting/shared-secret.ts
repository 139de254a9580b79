import {createPrivateKey, createPublicKey, diffieHellman, type KeyObject} from 'node:crypto';
import {finiteFieldBytes} from '../share-for.js';

const curveBytes: ReadonlyMap<number, number> = new Map([
	[0x00_17, 32],
	[0x00_18, 48],
	[0x00_19, 66],
]);

const montgomery: ReadonlyMap<number, {readonly name: 'X25519' | 'X448'; readonly bytes: number}> = new Map([
	[0x00_1d, {name: 'X25519', bytes: 32}],
	[0x00_1e, {name: 'X448', bytes: 56}],
]);

/**
The shared secret of the private key of `knownShareFor` and a server's public key. RFC 9846 §7.4.

@returns Undefined where the key is none of the group's.
*/
export function sharedSecret(group: number, key: Uint8Array): Uint8Array | undefined {
	const coordinate = curveBytes.get(group);
	if (coordinate !== undefined) {
		// Times 1 it is the point itself, of which the secret is the x coordinate.
		return key.length === 1 + 2 * coordinate && key[0] === 4 ? key.subarray(1, 1 + coordinate) : undefined;
	}

	const curve = montgomery.get(group);
	if (curve !== undefined) {
		return key.length === curve.bytes ? exchange(curve, key) : undefined;
	}

	// To the power of 1 it is the number itself.
	return group >> 8 === 0x01 && key.length > 0 && key.length === finiteFieldBytes(group) ? key : undefined;
}

function exchange({name, bytes}: {readonly name: 'X25519' | 'X448'; readonly bytes: number}, key: Uint8Array): Uint8Array | undefined {
	try {
		const publicKey = createPublicKey({key: {kty: 'OKP', crv: name, x: Buffer.from(key).toString('base64url')}, format: 'jwk'});
		return diffieHellman({privateKey: ours(name, bytes), publicKey});
	} catch {
		// A point of low order, which makes no secret.
		return undefined;
	}
}

const privateKeys = new Map<string, KeyObject>();

/** Read once: OpenSSL takes a millisecond for it. */
function ours(name: 'X25519' | 'X448', bytes: number): KeyObject {
	let known = privateKeys.get(name);
	if (known === undefined) {
		known = privateKeyOf(name, bytes);
		privateKeys.set(name, known);
	}

	return known;
}

/** In PKCS #8, which needs no public key. RFC 8410 §7. */
const privateKeyOf = (name: 'X25519' | 'X448', bytes: number): KeyObject =>
	createPrivateKey({
		key: Buffer.from([
			...[0x30, bytes + 14, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, name === 'X25519' ? 0x6e : 0x6f],
			...[0x04, bytes + 2, 0x04, bytes],
			...new Uint8Array(bytes).fill(7),
		]),
		format: 'der',
		type: 'pkcs8',
	});
