import {defineRule} from '../rule.js';

/** A server must not negotiate it. */
export default defineRule({
	id: 'rfc6176-no-ssl-2',
	title: 'SSL 2.0 is rejected',
	source: {name: 'RFC 6176 §3', url: 'https://www.rfc-editor.org/rfc/rfc6176#section-3'},
	words: {rejects: ['SSLv2']},
});
