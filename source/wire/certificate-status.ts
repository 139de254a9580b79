import {Reader} from '../bytes/reader.js';

/**
The OCSP response of a CertificateStatus, in DER: a message up to TLS 1.2, an extension of a certificate in TLS 1.3. RFC 6066 §8.

@returns Undefined for a status of another type.
@throws {DecodeError} If it is truncated.
*/
export function readOcspStatus(body: Uint8Array): Uint8Array | undefined {
	const reader = new Reader(body);
	return reader.uint8('status_type') === 1 ? reader.prefixed(3, 'response', inner => inner.rest('response')) : undefined;
}
