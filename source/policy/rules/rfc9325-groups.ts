import {definePartRule} from '../rule.js';

/** RFC 10015 forbids DHE in TLS 1.2. This rule is about the primes of servers that still accept it. */
export default definePartRule({
	id: 'rfc9325-groups',
	title: 'curves have 224 bits or more, and DHE has primes of 2048 bits or more',
	source: {name: 'RFC 9325 §4.5', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-4.5'},
	probe: 'groups',
	demand: {
		dhBits: 2048,
		never: [
			...['sect163k1', 'sect163r1', 'sect163r2', 'sect193r1', 'sect193r2'],
			...['secp160k1', 'secp160r1', 'secp160r2', 'secp192k1', 'secp192r1'],
		],
	},
});
