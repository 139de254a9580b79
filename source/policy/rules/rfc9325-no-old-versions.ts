import {defineRule} from '../rule.js';

/** They must not be negotiated. */
export default defineRule({
	id: 'rfc9325-no-old-versions',
	title: 'SSL 2.0, SSL 3.0, TLS 1.0 and TLS 1.1 are rejected',
	source: {name: 'RFC 9325 §3.1.1', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1'},
	words: {rejects: ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1']},
});
