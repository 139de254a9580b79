import {defineRule} from '../rule.js';

/**
Servers shall be configured for it. One that speaks TLS 1.3 may do without where no client is known to need 1.2: expect the other rules of the
document by their ids then.
*/
export default defineRule({
	id: 'nist-sp-800-52r2-tls-1-2',
	title: 'TLS 1.2 is accepted',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.1', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
	words: {accepts: ['TLSv1.2']},
});
