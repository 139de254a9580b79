import {defineRule} from '../rule.js';

/** Servers shall be configured for it. */
export default defineRule({
	id: 'nist-sp-800-52r2-tls-1-2',
	title: 'TLS 1.2 is accepted',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.1', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
	words: {accepts: ['TLSv1.2']},
});
