import {defineRule} from '../rule.js';

/** TLS 1.2 is recommended until the end of 2031. */
export default defineRule({
	id: 'bsi-tr-02102-2-versions',
	title: 'only TLS 1.2 and 1.3 are accepted, at least one of them',
	source: {name: 'BSI TR-02102-2 (2026-01) §3.2', url: 'https://www.bsi.bund.de/tr-02102'},
	words: {rejects: ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1'], acceptsAny: ['TLSv1.2', 'TLSv1.3']},
});
