import {defineVulnerability} from './vulnerability.js';

/** OpenSSL before 1.0.1t and 1.0.2h, on processors with AES instructions, does not check whether a record has room for its MAC. */
export default defineVulnerability({
	name: 'openSslPaddingOracle',
	title: 'OpenSSL padding oracle',
	cve: ['CVE-2016-2107'],
	severity: {level: 'high', source: 'SSL Labs'},
	find: {kind: 'conversation', load: () => import('./padding/ask-openssl-padding-oracle.js')},
});
