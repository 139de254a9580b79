import {defineRule} from '../rule.js';

/** It must not be used. */
export default defineRule({
	id: 'rfc7568-no-ssl-3',
	title: 'SSL 3.0 is rejected',
	source: {name: 'RFC 7568 §3', url: 'https://www.rfc-editor.org/rfc/rfc7568#section-3'},
	words: {rejects: ['SSLv3']},
});
