import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'bsi-tr-02102-2-no-early-data',
	title: '0-RTT data is not accepted',
	source: {name: 'BSI TR-02102-2 (2025-01)', url: 'https://www.bsi.bund.de/tr-02102'},
	probe: 'resumption',
	demand: {absent: ['earlyData']},
});
