import {defineVulnerability} from './vulnerability.js';

/** A server that shows whether the padding of an RSA key exchange was right decrypts recorded connections for an attacker. RFC 5246 §7.4.7.1. */
export default defineVulnerability({
	name: 'robot',
	title: 'ROBOT',
	cve: ['CVE-2017-13099', 'CVE-2017-6168', 'CVE-2017-17382', 'CVE-2017-17427', 'CVE-2017-1000385'],
	severity: {level: 'critical', source: 'testssl.sh'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-robot.js'), isLast: true},
});
