import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'mozilla-intermediate-hsts',
	title: 'HSTS holds for at least two years, 63,072,000 seconds',
	source: {name: 'Mozilla Server Side TLS 6.0, hsts_min_age', url: 'https://wiki.mozilla.org/Security/Server_Side_TLS'},
	probe: 'http',
	demand: {hstsDays: 730},
});
