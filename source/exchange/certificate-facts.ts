import {X509Certificate} from 'node:crypto';
import {toHex} from '../bytes/hex.js';
import {Reader} from '../bytes/reader.js';

/** Weakest first. */
export const hashes = ['md2', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;

export type Hash = (typeof hashes)[number];

/** What of a certificate clients have limits for. */
export type CertificateFacts = {
	/** Of the subject, such as `CN=example.com`, in one line. */
	readonly subject: string;
	/** `rsa`, `rsa-pss`, `ec`, `ed25519`, `ed448`, `dsa`, ...; undefined where the key is of a kind that is not known here. */
	readonly keyType: string | undefined;
	/** Of an RSA or DSA key. */
	readonly keyBits: number | undefined;
	/** Of an EC key, as OpenSSL names it. */
	readonly curve: string | undefined;
	/** Of its signature; undefined where the algorithm has none to choose (Ed25519) or is not known here. */
	readonly hash: Hash | undefined;
	/** Subject and issuer are the same: its signature is nothing that a client goes by. */
	readonly isSelfIssued: boolean;
};

/**
The certificates that count of those that a server sends: its own, and each that issued the one before.

@returns Undefined where the first is no certificate.
*/
export function readCertificateFacts(chain: readonly Uint8Array[]): readonly CertificateFacts[] | undefined {
	const facts: CertificateFacts[] = [];
	let issuer: string | undefined;
	for (const der of chain) {
		const certificate = parse(der);
		if (certificate === undefined || (issuer !== undefined && certificate.subject !== issuer)) {
			break;
		}

		const isSelfIssued = certificate.subject === certificate.issuer;
		facts.push({...keyOf(certificate), subject: (certificate.subject ?? '').split('\n').join(', '), hash: hashOf(der), isSelfIssued});
		issuer = certificate.issuer;
		if (isSelfIssued) {
			break;
		}
	}

	return facts.length === 0 ? undefined : facts;
}

function parse(der: Uint8Array): X509Certificate | undefined {
	try {
		return new X509Certificate(der);
	} catch {
		// What the server sent is no certificate.
		return undefined;
	}
}

function keyOf(certificate: X509Certificate): Pick<CertificateFacts, 'keyType' | 'keyBits' | 'curve'> {
	try {
		const {asymmetricKeyType, asymmetricKeyDetails: details} = certificate.publicKey;
		return {keyType: asymmetricKeyType, keyBits: details?.modulusLength, curve: details?.namedCurve};
	} catch {
		// A key of a kind, or on a curve, that OpenSSL does not know here.
		return {keyType: undefined, keyBits: undefined, curve: undefined};
	}
}

/**
The hash of a certificate's signature, by the object identifier of its algorithm. Node.js 20 does not tell it.

RFC 5280 §4.1.1: the to-be-signed part, then the algorithm. RFC 3279, RFC 4055 and RFC 5758 for the identifiers.
*/
function hashOf(der: Uint8Array): Hash | undefined {
	try {
		const algorithm = element(new Reader(element(new Reader(der))), 1);
		const oid = toHex(element(new Reader(algorithm)));
		return oid === rsaPss ? hashOfPss(algorithm) : hashesByOid[oid];
	} catch {
		return undefined;
	}
}

/** RFC 4055 §3.1: parameters, in which [0] holds the hash; SHA-1 where it is left out. */
function hashOfPss(algorithm: Uint8Array): Hash | undefined {
	const parameters = new Reader(element(new Reader(algorithm), 1));
	if (parameters.left === 0 || parameters.peek(1)[0] !== 0xa0) {
		return 'sha1';
	}

	return hashesByOid[toHex(element(new Reader(element(new Reader(element(parameters))))))];
}

/** The contents of a DER element, that many elements further on. */
function element(reader: Reader, skipped = 0): Uint8Array {
	reader.uint8('tag');
	const first = reader.uint8('length');
	let length = first;
	if (first >= 0x80) {
		length = 0;
		for (const byte of reader.bytes(first - 0x80, 'length')) {
			length = length * 256 + byte;
		}
	}

	const contents = reader.bytes(length, 'contents');
	return skipped === 0 ? contents : element(reader, skipped - 1);
}

const rsaPss = '2a864886f70d01010a';

const hashesByOid: Readonly<Record<string, Hash>> = {
	// PKCS #1 with MD2, MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512.
	'2a864886f70d010102': 'md2',
	'2a864886f70d010104': 'md5',
	'2a864886f70d010105': 'sha1',
	'2a864886f70d01010e': 'sha224',
	'2a864886f70d01010b': 'sha256',
	'2a864886f70d01010c': 'sha384',
	'2a864886f70d01010d': 'sha512',
	// ECDSA.
	'2a8648ce3d0401': 'sha1',
	'2a8648ce3d040301': 'sha224',
	'2a8648ce3d040302': 'sha256',
	'2a8648ce3d040303': 'sha384',
	'2a8648ce3d040304': 'sha512',
	// DSA.
	'2a8648ce380403': 'sha1',
	'608648016503040301': 'sha224',
	'608648016503040302': 'sha256',
	// The hashes themselves, in the parameters of PSS.
	'2b0e03021a': 'sha1',
	'608648016503040204': 'sha224',
	'608648016503040201': 'sha256',
	'608648016503040202': 'sha384',
	'608648016503040203': 'sha512',
};
