import {defineRule} from '../rule.js';

/** Implementations should support it: not part of the policy rfc9325, for those who want it. RFC 9852 demands it of new protocols. */
export default defineRule({
	id: 'rfc9325-tls-1-3',
	title: 'TLS 1.3 is accepted',
	source: {name: 'RFC 9325 §3.1.1', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1'},
	words: {accepts: ['TLSv1.3']},
});
