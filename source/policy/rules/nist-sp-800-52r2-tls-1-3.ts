import {defineRule} from '../rule.js';

/** Servers shall support it since 1 January 2024, those of government-only applications and the others. */
export default defineRule({
	id: 'nist-sp-800-52r2-tls-1-3',
	title: 'TLS 1.3 is accepted',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.1', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
	words: {accepts: ['TLSv1.3']},
});
