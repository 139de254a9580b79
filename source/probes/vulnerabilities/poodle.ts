import {assessSuites} from './accepted-suites.js';
import {defineVulnerability} from './vulnerability.js';

/** SSL 3 does not say what padding holds, so that nothing checks it. */
export default defineVulnerability({
	name: 'poodle',
	title: 'POODLE',
	cve: ['CVE-2014-3566'],
	severity: {level: 'high', source: 'testssl.sh'},
	find: {
		kind: 'findings',
		assess: about => assessSuites(about, 'suites with CBC in SSL 3', ({name}) => /_CBC_/.test(name), ['SSLv3']),
	},
});
