import {defineVulnerability} from './vulnerability.js';

/** OpenSSL before 1.0.1h accepts ChangeCipherSpec before keys are exchanged, and derives keys from an empty secret. */
export default defineVulnerability({
	name: 'ccsInjection',
	title: 'CCS injection',
	cve: ['CVE-2014-0224'],
	severity: {level: 'high', source: 'testssl.sh'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-ccs-injection.js')},
});
