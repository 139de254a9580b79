import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'bsi-tr-02102-2-no-client-renegotiation',
	title: 'the server renegotiates neither insecurely nor because a client asks',
	source: {name: 'BSI TR-02102-2 (2026-01) §3.3.4', url: 'https://www.bsi.bund.de/tr-02102'},
	probe: 'vulnerabilities',
	demand: {never: ['insecureRenegotiation', 'clientRenegotiation']},
});
