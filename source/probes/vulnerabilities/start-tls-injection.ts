import {defineVulnerability} from './vulnerability.js';

/** A server that keeps what it has read in clear behind STARTTLS takes the commands of an attacker for those of the client. */
export default defineVulnerability({
	name: 'startTlsInjection',
	title: 'STARTTLS injection',
	cve: ['CVE-2011-0411', 'CVE-2021-33515'],
	severity: {level: 'medium', source: 'NVD'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-start-tls-injection.js')},
});
