import {definePartRule} from '../rule.js';
import {ocspStapling} from '../shared-demands.js';

/** A server should; no built-in policy contains this rule. */
export default definePartRule({
	...ocspStapling,
	id: 'rfc9325-ocsp-stapling',
	source: {name: 'RFC 9325 §7.5', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-7.5'},
});
