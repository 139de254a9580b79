import {definePartRule} from '../rule.js';

/** What must not be negotiated. What only should not, such as 3DES, is not judged. */
export default definePartRule({
	id: 'rfc9325-no-weak-suites',
	title: 'cipher suites without encryption, with RC4 or with less than 112 bits are rejected',
	source: {name: 'RFC 9325 §4.1', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-4.1'},
	probe: 'cipher-suites',
	demand: {never: ['no-encryption', 'export', 'des', 'rc4', 'short-key']},
});
