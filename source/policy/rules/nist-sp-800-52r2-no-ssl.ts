import {defineRule} from '../rule.js';

/** Of servers for citizens and businesses, which may still need TLS 1.0 and 1.1 for some of them. */
export default defineRule({
	id: 'nist-sp-800-52r2-no-ssl',
	title: 'SSL 2.0 and SSL 3.0 are rejected',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.1', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
	words: {rejects: ['SSLv2', 'SSLv3']},
});
