import {defineRule} from '../rule.js';

/** It must not be used. */
export default defineRule({
	id: 'rfc8996-no-tls-1-0',
	title: 'TLS 1.0 is rejected',
	source: {name: 'RFC 8996 §4', url: 'https://www.rfc-editor.org/rfc/rfc8996#section-4'},
	words: {rejects: ['TLSv1.0']},
});
