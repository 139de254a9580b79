import {definePartRule} from '../rule.js';
import {renegotiation} from '../shared-demands.js';

/** The section on renegotiation requires both: an extended master secret prevents the triple handshake. */
export default definePartRule({
	...renegotiation,
	id: 'rfc9325-renegotiation',
	source: {name: 'RFC 9325 §3.5', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-3.5'},
});
