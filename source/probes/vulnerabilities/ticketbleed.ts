import {defineVulnerability} from './vulnerability.js';

/** F5 BIG-IP sends 32 bytes of a session id back that is shorter, if it resumes a ticket: the others are from its memory. */
export default defineVulnerability({
	name: 'ticketbleed',
	title: 'Ticketbleed',
	cve: ['CVE-2016-9244'],
	severity: {level: 'high', source: 'testssl.sh'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-ticketbleed.js')},
});
