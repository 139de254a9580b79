import {definePartRule} from '../rule.js';
import {noEarlyData} from '../shared-demands.js';

/** A server should not process early data; no built-in policy contains this rule. */
export default definePartRule({
	...noEarlyData,
	id: 'nist-sp-800-52r2-no-early-data',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.6', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
});
