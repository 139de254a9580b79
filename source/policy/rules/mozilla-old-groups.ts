import {definePartRule} from '../rule.js';

/** The level has cipher suites with DHE, but lists only curves, so the finite fields of RFC 7919 are not judged. */
export default definePartRule({
	id: 'mozilla-old-groups',
	title: 'only curves of this level are accepted, and DHE has primes of 1024 bits or more',
	source: {name: 'Mozilla Server Side TLS 5.8, old', url: 'https://ssl-config.mozilla.org/guidelines/5.8.json'},
	probe: 'groups',
	demand: {only: ['x25519', 'secp256r1', 'secp384r1', 'ffdhe2048', 'ffdhe3072', 'ffdhe4096', 'ffdhe6144', 'ffdhe8192'], dhBits: 1024},
});
