import {definePartRule} from '../rule.js';

/** Hybrids with ML-KEM are not judged: the edition of 2026-01 means to recommend SecP256r1MLKEM768 and SecP384r1MLKEM1024 once their RFC is adopted. */
export default definePartRule({
	id: 'bsi-tr-02102-2-groups',
	title: 'only recommended groups and hybrids with ML-KEM are accepted, and DHE has primes of 3000 bits or more',
	source: {name: 'BSI TR-02102-2 (2026-01) §3.3.2, §3.4.2, §3.6.1', url: 'https://www.bsi.bund.de/tr-02102'},
	probe: 'groups',
	demand: {
		only: [
			'secp256r1',
			'secp384r1',
			'secp521r1',
			'brainpoolP256r1',
			'brainpoolP384r1',
			'brainpoolP512r1',
			'brainpoolP256r1tls13',
			'brainpoolP384r1tls13',
			'brainpoolP512r1tls13',
			'ffdhe3072',
			'ffdhe4096',
			'X25519MLKEM768',
			'SecP256r1MLKEM768',
			'SecP384r1MLKEM1024',
		],
		dhBits: 3000,
	},
});
