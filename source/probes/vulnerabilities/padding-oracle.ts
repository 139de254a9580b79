import {defineVulnerability} from './vulnerability.js';

/** In CBC mode, a server must treat wrong padding and a wrong MAC alike. RFC 5246 §6.2.3.2. */
export default defineVulnerability({
	name: 'paddingOracle',
	title: 'padding oracle',
	cve: ['CVE-2014-8730', 'CVE-2019-1559', 'CVE-2019-6485', 'CVE-2019-6593'],
	severity: {level: 'high', source: 'SSL Labs'},
	find: {kind: 'conversation', load: () => import('./padding/ask-padding-oracle.js')},
});
