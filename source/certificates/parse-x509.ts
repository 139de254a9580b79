import {X509Certificate} from 'node:crypto';

/**
@param certificate - DER, or text in PEM.
@returns Undefined where OpenSSL cannot read it.
*/
export function parseX509(certificate: Uint8Array | string): X509Certificate | undefined {
	try {
		return new X509Certificate(certificate);
	} catch {
		return undefined;
	}
}
