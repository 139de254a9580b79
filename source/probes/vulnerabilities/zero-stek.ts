import {defineVulnerability} from './vulnerability.js';

/** Tickets that anybody can open hold the keys of the connections that they came on. */
export default defineVulnerability({
	name: 'zeroStek',
	title: 'zero STEK',
	cve: ['CVE-2020-13777'],
	severity: {level: 'high', source: 'NVD'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-zero-stek.js')},
});
