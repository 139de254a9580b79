import {cipherSuites} from '../iana/cipher-suites.js';

/** What the ServerKeyExchange of a suite before TLS 1.3 begins with: a named curve, a prime, or something else or nothing. */
export function keyExchangeOf(cipherSuite: number): 'ecdhe' | 'dhe' | 'other' {
	const name = cipherSuites.get(cipherSuite)?.name ?? '';
	// PSK suites put the identity hint first. RFC 5489 §2, RFC 4279 §2.
	if (name.includes('PSK')) {
		return 'other';
	}

	if (/^TLS_ECDH(?:E|_anon)_/.test(name)) {
		return 'ecdhe';
	}

	return /^TLS_DH(?:E|_anon)_/.test(name) ? 'dhe' : 'other';
}
