import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'ssl-labs',
	title: 'a grade of A or better by the SSL Labs rating guide',
	source: {name: 'SSL Labs Server Rating Guide 2009r', url: 'https://github.com/ssllabs/research/wiki/SSL-Server-Rating-Guide'},
	// The rules about SSL make the run test SSL 2 and SSL 3. A server that accepts one of them has no A either.
	rules: [{rule: 'ssl-labs-grade'}, {rule: 'rfc6176-no-ssl-2'}, {rule: 'rfc7568-no-ssl-3'}],
});
