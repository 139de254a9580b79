import {defineVulnerability} from './vulnerability.js';

/** If port 80 changes to TLS on request, an attacker can make a client of port 443 read the answer to another request. */
export default defineVulnerability({
	name: 'opossum',
	title: 'Opossum',
	cve: ['CVE-2025-49812'],
	severity: {level: 'medium', source: 'Apache HTTP Server'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-opossum.js')},
});
