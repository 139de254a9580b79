import {Reader} from '../bytes/reader.js';

/**
The certificates of a Certificate message up to TLS 1.2, in DER, the server's own first. RFC 5246 §7.4.2.

@param most - The most certificates to read; the rest is skipped.
@throws {DecodeError} If the list or a certificate in it is truncated.
*/
export function readCertificateList(body: Uint8Array, most: number): readonly Uint8Array[] {
	const chain: Uint8Array[] = [];
	new Reader(body).prefixed(3, 'certificate_list', list => {
		while (list.left > 0) {
			const certificate = list.prefixed(3, 'certificate', inner => inner.rest('certificate'));
			if (chain.length < most) {
				chain.push(certificate);
			}
		}
	});
	return chain;
}
