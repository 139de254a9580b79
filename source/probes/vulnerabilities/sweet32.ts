import {assessSuites} from './accepted-suites.js';
import {defineVulnerability} from './vulnerability.js';

/** After about 32 GiB with one key, blocks of 64 bits repeat. */
export default defineVulnerability({
	name: 'sweet32',
	title: 'SWEET32',
	cve: ['CVE-2016-2183', 'CVE-2016-6329'],
	severity: {level: 'low', source: 'testssl.sh'},
	find: {
		kind: 'findings',
		assess: about => assessSuites(about, 'suites with 64-bit blocks', ({name}) => /3DES|_DES|IDEA|RC2_|28147|MAGMA/.test(name)),
	},
});
