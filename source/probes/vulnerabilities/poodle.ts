import {assessSuites} from './accepted-suites.js';
import {defineVulnerability} from './vulnerability.js';

/** SSL 3 does not define the content of padding, so no server checks it. */
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
