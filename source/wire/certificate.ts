import {Reader} from '../bytes/reader.js';
import {type Extension, extensionBlock} from './extension.js';

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

/** A certificate of TLS 1.3 in DER, and what comes with it. RFC 9846 §4.4.2. */
export type CertificateEntry = {readonly certificate: Uint8Array; readonly extensions: readonly Extension[]};

/**
The certificates of a Certificate message of TLS 1.3, the server's own first. RFC 9846 §4.5.2.

@param most - The most certificates to read; the rest is skipped.
@throws {DecodeError} If the message is truncated.
*/
export function readCertificateEntries(body: Uint8Array, most: number): readonly CertificateEntry[] {
	const entries: CertificateEntry[] = [];
	const reader = new Reader(body);
	reader.prefixed(1, 'certificate_request_context', context => context.rest('certificate_request_context'));
	reader.prefixed(3, 'certificate_list', list => {
		while (list.left > 0) {
			const certificate = list.prefixed(3, 'cert_data', inner => inner.rest('cert_data'));
			const extensions = extensionBlock.decode(list, 'serverHello') ?? [];
			if (entries.length < most) {
				entries.push({certificate, extensions});
			}
		}
	});
	return entries;
}
