import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'rfc9325-certificates',
	title: 'certificates have RSA keys of 2048 bits or more, and are not signed with MD5 or SHA-1',
	source: {name: 'RFC 9325 §4.5', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-4.5'},
	probe: 'certificates',
	demand: {keyBits: 2048, never: ['weak-signature']},
});
