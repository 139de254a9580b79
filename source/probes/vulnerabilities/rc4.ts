import {assessSuites} from './accepted-suites.js';
import {defineVulnerability} from './vulnerability.js';

/** The key stream has biases, which reveal data that is sent often. RFC 7465. */
export default defineVulnerability({
	name: 'rc4',
	title: 'RC4',
	cve: ['CVE-2013-2566', 'CVE-2015-2808'],
	severity: {level: 'high', source: 'testssl.sh'},
	find: {kind: 'findings', assess: about => assessSuites(about, 'suites with RC4', ({name}) => /_RC4_/.test(name))},
});
