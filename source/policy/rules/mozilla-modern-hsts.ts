import {definePartRule} from '../rule.js';
import {hstsForTwoYears} from '../shared-demands.js';

export default definePartRule({
	...hstsForTwoYears,
	id: 'mozilla-modern-hsts',
	source: {name: 'Mozilla Server Side TLS 6.0, hsts_min_age', url: 'https://wiki.mozilla.org/Security/Server_Side_TLS'},
});
