import type {X509Certificate} from 'node:crypto';
import {tryDecode} from '../bytes/decode-error.js';
import {derChildren, readDer} from '../bytes/der.js';
import {parseX509} from '../certificates/parse-x509.js';
import {readSignatureAlgorithm} from '../certificates/signature-algorithm.js';

/** Weakest first. */
export const hashes = ['md2', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;

export type HashName = (typeof hashes)[number];

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
	readonly hash: HashName | undefined;
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
		const certificate = parseX509(der);
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
The hash of a certificate's signature, which Node.js 20 does not tell.

RFC 5280 §4.1.1: the to-be-signed part, then the algorithm.
*/
function hashOf(der: Uint8Array): HashName | undefined {
	const hash = tryDecode(() => readSignatureAlgorithm(derChildren(readDer(der))[1]).hash);
	return hashes.find(item => item === hash);
}
