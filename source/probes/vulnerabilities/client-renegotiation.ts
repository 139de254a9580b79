import {defineVulnerability} from './vulnerability.js';

/** A handshake costs the server more than the client, and one connection may carry many. */
export default defineVulnerability({
	name: 'clientRenegotiation',
	title: 'renegotiation by clients',
	cve: ['CVE-2011-1473'],
	severity: {level: 'medium', source: 'testssl.sh'},
	find: {kind: 'conversation', load: async () => import('./asking/ask-client-renegotiation.js')},
});
