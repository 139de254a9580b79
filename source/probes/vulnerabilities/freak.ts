import {assessSuites} from './accepted-suites.js';
import {defineVulnerability} from './vulnerability.js';

/** Clients with the fault accept a key of 512 bits, which can be factored in hours, for any suite with RSA. */
export default defineVulnerability({
	name: 'freak',
	title: 'FREAK',
	cve: ['CVE-2015-0204'],
	severity: {level: 'critical', source: 'testssl.sh'},
	find: {
		kind: 'findings',
		assess: about => assessSuites(about, 'export suites with RSA', ({name}) => /^TLS_RSA_EXPORT/.test(name)),
	},
});
