import {defineVulnerability} from './vulnerability.js';

/** Where port 80 goes over to TLS on request, an attacker can let a client of port 443 read the answer to another request. */
export default defineVulnerability({
	name: 'opossum',
	title: 'Opossum',
	cve: ['CVE-2025-49812'],
	severity: {level: 'medium', source: 'Apache HTTP Server'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-opossum.js')},
});
