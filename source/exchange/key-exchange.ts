import {cipherSuites} from '../iana/cipher-suites.js';

type KeyExchange = 'ecdhe' | 'dhe' | 'other';

/** By suites. Hosts of a list choose the same few. */
const known = new Map<number, KeyExchange>();

/** What the ServerKeyExchange of a suite before TLS 1.3 begins with: a named curve, a prime, or something else or nothing. */
export function keyExchangeOf(cipherSuite: number): KeyExchange {
	let keyExchange = known.get(cipherSuite);
	if (keyExchange === undefined) {
		keyExchange = findKeyExchange(cipherSuite);
		known.set(cipherSuite, keyExchange);
	}

	return keyExchange;
}

function findKeyExchange(cipherSuite: number): KeyExchange {
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
