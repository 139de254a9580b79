import {constants, verify} from 'node:crypto';
import type {Certificate} from './certificate.js';
import type {SignatureAlgorithm} from './signature-algorithm.js';

/** An OCSP response or a list of revoked certificates. */
export type Signed = {readonly toBeSigned: Uint8Array; readonly algorithm: SignatureAlgorithm; readonly signature: Uint8Array};

/** Whether the key of a certificate made the signature. `unsupported`: the OpenSSL of Node.js does not know the algorithm. */
export function isSignedBy({toBeSigned, algorithm, signature}: Signed, {x509}: Certificate): 'good' | 'bad' | 'unsupported' {
	try {
		const padding = algorithm.isPss ? {padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO} : {};
		return verify(algorithm.hash, toBeSigned, {key: x509.publicKey, ...padding}, signature) ? 'good' : 'bad';
	} catch {
		// An unknown key or hash, or a signature of the wrong kind.
		return /^\d/.test(algorithm.name) ? 'unsupported' : 'bad';
	}
}
