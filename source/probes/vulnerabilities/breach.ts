import {defineVulnerability} from './vulnerability.js';

/** The length of a compressed answer gives away what is in it beside text that an attacker chose. */
export default defineVulnerability({
	name: 'breach',
	title: 'BREACH',
	cve: ['CVE-2013-3587'],
	severity: {level: 'medium', source: 'testssl.sh'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-breach.js')},
});
