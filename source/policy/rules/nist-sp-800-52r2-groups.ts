import {definePartRule} from '../rule.js';

/** A server that supports elliptic curves shall support P-256 or P-384. A server with finite fields alone needs neither. Other groups are not judged. */
export default definePartRule({
	id: 'nist-sp-800-52r2-groups',
	title: 'P-256, P-384 or a finite field of RFC 7919 is accepted, and DHE has primes of 2048 bits or more',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.3.1, §3.4.2', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
	probe: 'groups',
	demand: {atLeastOne: ['secp256r1', 'secp384r1', 'ffdhe2048', 'ffdhe3072', 'ffdhe4096', 'ffdhe6144', 'ffdhe8192'], dhBits: 2048},
});
