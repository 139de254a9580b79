import {constants, verify} from 'node:crypto';
import type {Certificate} from './certificate.js';
import type {SignatureAlgorithm} from './signature-algorithm.js';

/** What is signed, and how: a response or a list. */
export type Signed = {readonly toBeSigned: Uint8Array; readonly algorithm: SignatureAlgorithm; readonly signature: Uint8Array};

/** Whether the key of a certificate made the signature. `unsupported`: OpenSSL does not know the algorithm here. */
export function isSignedBy({toBeSigned, algorithm, signature}: Signed, {x509}: Certificate): 'good' | 'bad' | 'unsupported' {
	try {
		const padding = algorithm.isPss ? {padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO} : {};
		return verify(algorithm.hash, toBeSigned, {key: x509.publicKey, ...padding}, signature) ? 'good' : 'bad';
	} catch {
		// A key or a hash that OpenSSL does not know here, or a signature of the wrong kind.
		return /^\d/.test(algorithm.name) ? 'unsupported' : 'bad';
	}
}
