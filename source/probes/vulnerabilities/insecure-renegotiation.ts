import {defineVulnerability} from './vulnerability.js';

/** An attacker's request goes before that of the client, on what looks like one connection. */
export default defineVulnerability({
	name: 'insecureRenegotiation',
	title: 'insecure renegotiation',
	cve: ['CVE-2009-3555'],
	severity: {level: 'critical', source: 'testssl.sh'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-insecure-renegotiation.js')},
});
