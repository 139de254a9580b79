import {defineVulnerability} from './vulnerability.js';

/** If a secret is compressed together with text of an attacker, the length reveals the secret. */
export default defineVulnerability({
	name: 'crime',
	title: 'CRIME',
	cve: ['CVE-2012-4929'],
	severity: {level: 'high', source: 'testssl.sh'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-crime.js')},
});
