import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'mozilla-intermediate-ocsp-stapling',
	title: 'an OCSP response is stapled, where the certificate names a responder',
	source: {name: 'Mozilla Server Side TLS 6.0, ocsp_staple', url: 'https://wiki.mozilla.org/Security/Server_Side_TLS'},
	probe: 'extensions',
	demand: {presentIfApplicable: ['ocspStapling']},
});
