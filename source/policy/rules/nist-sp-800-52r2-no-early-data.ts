import {definePartRule} from '../rule.js';

/** A server should not process early data; no built-in policy contains this rule. */
export default definePartRule({
	id: 'nist-sp-800-52r2-no-early-data',
	title: '0-RTT data is not accepted',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.6', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
	probe: 'resumption',
	demand: {absent: ['earlyData']},
});
