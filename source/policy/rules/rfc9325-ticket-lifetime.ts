import {definePartRule} from '../rule.js';

/** The document demands a reasonable duration, and keys that are changed about once a week. TLS 1.3 allows no more than a week (RFC 9846 §4.7.1). */
export default definePartRule({
	id: 'rfc9325-ticket-lifetime',
	title: 'session tickets are valid for a week at most',
	source: {name: 'RFC 9325 §3.4', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-3.4'},
	probe: 'resumption',
	demand: {ticketLifetimeDays: 7},
});
