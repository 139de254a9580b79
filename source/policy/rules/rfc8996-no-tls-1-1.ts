import {defineRule} from '../rule.js';

/** It must not be used. */
export default defineRule({
	id: 'rfc8996-no-tls-1-1',
	title: 'TLS 1.1 is rejected',
	source: {name: 'RFC 8996 §5', url: 'https://www.rfc-editor.org/rfc/rfc8996#section-5'},
	words: {rejects: ['TLSv1.1']},
});
