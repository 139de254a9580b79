import {defineRule} from '../rule.js';

/** Implementations must support it. A server that is for new clients alone may do without: expect the rest of the RFC by its rules then. */
export default defineRule({
	id: 'rfc9325-tls-1-2',
	title: 'TLS 1.2 is accepted',
	source: {name: 'RFC 9325 §3.1.1', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1'},
	words: {accepts: ['TLSv1.2']},
});
