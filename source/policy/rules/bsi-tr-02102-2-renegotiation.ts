import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'bsi-tr-02102-2-renegotiation',
	title: 'renegotiation_info and extended master secret are supported up to TLS 1.2',
	source: {name: 'BSI TR-02102-2 (2025-01)', url: 'https://www.bsi.bund.de/tr-02102'},
	probe: 'extensions',
	demand: {presentIfApplicable: ['secureRenegotiation', 'extendedMasterSecret']},
});
