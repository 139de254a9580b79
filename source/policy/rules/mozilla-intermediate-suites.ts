import {definePartRule} from '../rule.js';
import {suiteNames} from '../suite-names.js';

const ciphers = 'AES_128_GCM_SHA256 AES_256_GCM_SHA384 CHACHA20_POLY1305_SHA256';

/** Without DHE since version 6.0. */
export default definePartRule({
	id: 'mozilla-intermediate-suites',
	title: 'only cipher suites of this level are accepted',
	source: {name: 'Mozilla Server Side TLS 6.0, intermediate', url: 'https://ssl-config.mozilla.org/guidelines/6.0.json'},
	probe: 'cipher-suites',
	demand: {
		only: suiteNames({
			TLS13: ciphers,
			ECDHE_ECDSA: ciphers,
			ECDHE_RSA: ciphers,
		}),
	},
});
