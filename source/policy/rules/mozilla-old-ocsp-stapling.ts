import {definePartRule} from '../rule.js';
import {ocspStapling} from '../shared-demands.js';

export default definePartRule({
	...ocspStapling,
	id: 'mozilla-old-ocsp-stapling',
	source: {name: 'Mozilla Server Side TLS 5.8, ocsp_staple', url: 'https://ssl-config.mozilla.org/guidelines/5.8.json'},
});
