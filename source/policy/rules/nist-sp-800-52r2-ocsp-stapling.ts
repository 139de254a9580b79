import {definePartRule} from '../rule.js';

/** The document demands the extension status_request of every server. One whose certificate names no responder has nothing to staple. */
export default definePartRule({
	id: 'nist-sp-800-52r2-ocsp-stapling',
	title: 'an OCSP response is stapled, where the certificate names a responder',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.4.1', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
	probe: 'extensions',
	demand: {presentIfApplicable: ['ocspStapling']},
});
