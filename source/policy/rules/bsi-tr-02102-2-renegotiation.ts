import {definePartRule} from '../rule.js';
import {renegotiation} from '../shared-demands.js';

export default definePartRule({
	...renegotiation,
	id: 'bsi-tr-02102-2-renegotiation',
	source: {name: 'BSI TR-02102-2 (2026-01) §3.3.4', url: 'https://www.bsi.bund.de/tr-02102'},
});
