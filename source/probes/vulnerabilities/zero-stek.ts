import {defineVulnerability} from './vulnerability.js';

/** Tickets hold the keys of connections, and anyone can open them if their key is known. */
export default defineVulnerability({
	name: 'zeroStek',
	title: 'zero STEK',
	cve: ['CVE-2020-13777'],
	severity: {level: 'high', source: 'NVD'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-zero-stek.js'), isLast: true},
});
