import {definePartRule} from '../rule.js';

/** The section on renegotiation requires both: an extended master secret prevents the triple handshake. */
export default definePartRule({
	id: 'rfc9325-renegotiation',
	title: 'renegotiation_info and extended master secret are supported up to TLS 1.2',
	source: {name: 'RFC 9325 §3.5', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-3.5'},
	probe: 'extensions',
	demand: {presentIfApplicable: ['secureRenegotiation', 'extendedMasterSecret']},
});
