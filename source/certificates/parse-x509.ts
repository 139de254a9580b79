import {X509Certificate} from 'node:crypto';

/** Those of some endpoints: probes ask for the same certificate again, and the hosts of a list often have an issuer in common. */
const mostKept = 64;
/** Larger ones are rare, and are not kept. */
const mostKeptBytes = 16_384;

/** By their bytes, one byte a character. The last one that was asked for is the last one here. */
const kept = new Map<string, X509Certificate>();

/**
OpenSSL takes a good part of a millisecond for each certificate, so the last ones are kept.

@param certificate - DER, or text in PEM.
@returns Undefined where OpenSSL cannot read it.
*/
export function parseX509(certificate: Uint8Array | string): X509Certificate | undefined {
	if (typeof certificate === 'string' || certificate.length > mostKeptBytes) {
		return parse(certificate);
	}

	const key = Buffer.from(certificate.buffer, certificate.byteOffset, certificate.length).toString('latin1');
	const parsed = kept.get(key) ?? parse(certificate);
	kept.delete(key);
	if (parsed !== undefined) {
		kept.set(key, parsed);
		if (kept.size > mostKept) {
			kept.delete(kept.keys().next().value!);
		}
	}

	return parsed;
}

function parse(certificate: Uint8Array | string): X509Certificate | undefined {
	try {
		return new X509Certificate(certificate);
	} catch {
		return undefined;
	}
}
