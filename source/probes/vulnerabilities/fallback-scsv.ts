import {defineVulnerability} from './vulnerability.js';

/** An attacker can make clients use an older version if they repeat a failed handshake with it, unless the server knows the signal. RFC 7507. */
export default defineVulnerability({
	name: 'fallbackScsv',
	title: 'downgrade without TLS_FALLBACK_SCSV',
	cve: [],
	document: {name: 'RFC 7507 §3', url: 'https://www.rfc-editor.org/rfc/rfc7507#section-3'},
	severity: {level: 'medium', source: 'testssl.sh'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-fallback-scsv.js')},
});
