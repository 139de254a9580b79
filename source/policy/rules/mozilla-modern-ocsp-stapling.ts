import {definePartRule} from '../rule.js';
import {ocspStapling} from '../shared-demands.js';

export default definePartRule({
	...ocspStapling,
	id: 'mozilla-modern-ocsp-stapling',
	source: {name: 'Mozilla Server Side TLS 6.0, ocsp_staple', url: 'https://wiki.mozilla.org/Security/Server_Side_TLS'},
});
