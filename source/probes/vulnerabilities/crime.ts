import {defineVulnerability} from './vulnerability.js';

/** The length of what is compressed together with a secret gives the secret away. */
export default defineVulnerability({
	name: 'crime',
	title: 'CRIME',
	cve: ['CVE-2012-4929'],
	severity: {level: 'high', source: 'testssl.sh'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-crime.js')},
});
