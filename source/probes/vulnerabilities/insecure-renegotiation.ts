import {defineVulnerability} from './vulnerability.js';

/** An attacker can put a request before that of the client, and the server takes both for those of one client. */
export default defineVulnerability({
	name: 'insecureRenegotiation',
	title: 'insecure renegotiation',
	cve: ['CVE-2009-3555'],
	severity: {level: 'critical', source: 'testssl.sh'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-insecure-renegotiation.js')},
});
