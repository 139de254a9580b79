import {bitStringOf, type DerElement, derChildren, derTag, ofTag, oidOf, readDer, unsignedOf} from '../bytes/der.js';

/** What a public key is. */
export type PublicKeyFacts = {
	/** `rsa`, `rsa-pss`, `ec`, `dsa`, `ed25519`, `ed448`, `ml-dsa-44`, ...; the object identifier where it is not known here. */
	readonly type: string;
	/** Of the modulus, the prime or the curve; undefined for types that have one size only, and where it is not known. */
	readonly bits: number | undefined;
	/** `P-256`, `P-384`, `P-521`, else as OpenSSL names it; the object identifier where it is not known here. */
	readonly curve: string | undefined;
	/** Of RSA: the modulus and the exponent, big-endian. */
	readonly modulus: Uint8Array | undefined;
	readonly exponent: Uint8Array | undefined;
};

/** SubjectPublicKeyInfo. RFC 5280 §4.1, RFC 3279 §2.3, RFC 5480. @throws {DecodeError} If it is none. */
export function readPublicKey(element: DerElement | undefined): PublicKeyFacts {
	const [algorithm, key] = derChildren(ofTag(element, derTag.sequence));
	const [identifier, parameters] = derChildren(ofTag(algorithm, derTag.sequence));
	const type = types[oidOf(identifier)] ?? oidOf(identifier);
	const none = {bits: undefined, curve: undefined, modulus: undefined, exponent: undefined};
	switch (type) {
		case 'rsa':
		case 'rsa-pss': {
			const [modulus, exponent] = derChildren(readDer(bitStringOf(key), derTag.sequence)).map(unsignedOf);
			return {type, bits: bitsOf(modulus), curve: undefined, modulus, exponent};
		}
		case 'dsa':
			// Parameters may be those of the issuer. RFC 3279 §2.3.2.
			return {...none, type, bits: parameters?.tag === derTag.sequence ? bitsOf(unsignedOf(derChildren(parameters)[0])) : undefined};
		case 'ec': {
			const oid = parameters?.tag === derTag.objectIdentifier ? oidOf(parameters) : 'explicit parameters';
			const [curve, bits] = curves[oid] ?? [oid, undefined];
			return {...none, type, bits, curve};
		}
		default:
			return {...none, type};
	}
}

/** The key in a SubjectPublicKeyInfo, as OCSP hashes it. @throws {DecodeError} If it cannot be read. */
export const keyBitsOf = (spki: Uint8Array): Uint8Array => bitStringOf(derChildren(readDer(spki))[1]);

function bitsOf(number: Uint8Array | undefined): number {
	return number === undefined || number.length === 0 ? 0 : number.length * 8 - Math.clz32(number[0]!) + 24;
}

const types: Readonly<Record<string, string>> = {
	'1.2.840.113549.1.1.1': 'rsa',
	'1.2.840.113549.1.1.10': 'rsa-pss',
	'1.2.840.10045.2.1': 'ec',
	'1.2.840.10040.4.1': 'dsa',
	'1.2.840.10046.2.1': 'dh',
	'1.3.101.112': 'ed25519',
	'1.3.101.113': 'ed448',
	'2.16.840.1.101.3.4.3.17': 'ml-dsa-44',
	'2.16.840.1.101.3.4.3.18': 'ml-dsa-65',
	'2.16.840.1.101.3.4.3.19': 'ml-dsa-87',
	'1.2.643.7.1.1.1.1': 'gost2012-256',
	'1.2.643.7.1.1.1.2': 'gost2012-512',
};

/** SEC 2 and RFC 5639. The bits are those of the order. */
const curves: Readonly<Record<string, readonly [name: string, bits: number]>> = {
	'1.2.840.10045.3.1.1': ['P-192', 192],
	'1.3.132.0.33': ['P-224', 224],
	'1.2.840.10045.3.1.7': ['P-256', 256],
	'1.3.132.0.34': ['P-384', 384],
	'1.3.132.0.35': ['P-521', 521],
	'1.3.132.0.10': ['secp256k1', 256],
	'1.3.36.3.3.2.8.1.1.7': ['brainpoolP256r1', 256],
	'1.3.36.3.3.2.8.1.1.11': ['brainpoolP384r1', 384],
	'1.3.36.3.3.2.8.1.1.13': ['brainpoolP512r1', 512],
	'1.2.156.10197.1.301': ['SM2', 256],
};
