import {defineRule} from '../rule.js';

/** Of servers for government-only applications: they shall not use TLS 1.0 or older, and should not use TLS 1.1. */
export default defineRule({
	id: 'nist-sp-800-52r2-no-old-versions',
	title: 'SSL 2.0, SSL 3.0, TLS 1.0 and TLS 1.1 are rejected',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.1', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
	words: {rejects: ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1']},
});
