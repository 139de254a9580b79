import {definePartRule} from '../rule.js';

/** A server should; no built-in policy contains this rule. */
export default definePartRule({
	id: 'rfc9325-ocsp-stapling',
	title: 'an OCSP response is stapled, where the certificate names a responder',
	source: {name: 'RFC 9325 §7.5', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-7.5'},
	probe: 'extensions',
	demand: {presentIfApplicable: ['ocspStapling']},
});
