import {definePartRule} from '../rule.js';
import {ocspStapling} from '../shared-demands.js';

/** The document demands the extension status_request of every server. */
export default definePartRule({
	...ocspStapling,
	id: 'nist-sp-800-52r2-ocsp-stapling',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.4.1', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
});
