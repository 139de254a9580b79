import {definePartRule} from '../rule.js';
import {noEarlyData} from '../shared-demands.js';

export default definePartRule({
	...noEarlyData,
	id: 'bsi-tr-02102-2-no-early-data',
	source: {name: 'BSI TR-02102-2 (2026-01) §3.4.1', url: 'https://www.bsi.bund.de/tr-02102'},
});
