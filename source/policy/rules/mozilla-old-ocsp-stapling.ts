import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'mozilla-old-ocsp-stapling',
	title: 'an OCSP response is stapled, where the certificate names a responder',
	source: {name: 'Mozilla Server Side TLS 5.8, ocsp_staple', url: 'https://ssl-config.mozilla.org/guidelines/5.8.json'},
	probe: 'extensions',
	demand: {presentIfApplicable: ['ocspStapling']},
});
