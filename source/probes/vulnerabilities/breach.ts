import {defineVulnerability} from './vulnerability.js';

/** The length of a compressed answer gives away a secret in it, if an attacker chooses other text of the answer. */
export default defineVulnerability({
	name: 'breach',
	title: 'BREACH',
	cve: ['CVE-2013-3587'],
	severity: {level: 'medium', source: 'testssl.sh'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-breach.js')},
});
