import {definePartRule} from '../rule.js';
import {renegotiation} from '../shared-demands.js';

export default definePartRule({
	...renegotiation,
	id: 'nist-sp-800-52r2-renegotiation',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.4.1', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
});
