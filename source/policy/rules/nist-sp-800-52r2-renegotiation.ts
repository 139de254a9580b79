import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'nist-sp-800-52r2-renegotiation',
	title: 'renegotiation_info and extended master secret are supported up to TLS 1.2',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.4.1', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
	probe: 'extensions',
	demand: {presentIfApplicable: ['secureRenegotiation', 'extendedMasterSecret']},
});
