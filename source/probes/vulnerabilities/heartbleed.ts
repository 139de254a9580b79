import {defineVulnerability} from './vulnerability.js';

/** OpenSSL 1.0.1 to 1.0.1f answer a heartbeat with as many bytes as it claims to have, and read them beyond its end. */
export default defineVulnerability({
	name: 'heartbleed',
	title: 'Heartbleed',
	cve: ['CVE-2014-0160'],
	severity: {level: 'critical', source: 'testssl.sh'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-heartbleed.js')},
});
