import {definePartRule} from '../rule.js';
import {suiteNames} from '../suite-names.js';

const aead = 'AES_128_GCM_SHA256 AES_256_GCM_SHA384 CHACHA20_POLY1305_SHA256';
const ecdhe = `${aead} AES_128_CBC_SHA256 AES_256_CBC_SHA384 AES_128_CBC_SHA AES_256_CBC_SHA`;

export default definePartRule({
	id: 'mozilla-old-suites',
	title: "only cipher suites of this level are accepted, and the server's order of preference decides",
	source: {name: 'Mozilla Server Side TLS 5.8, old', url: 'https://ssl-config.mozilla.org/guidelines/5.8.json'},
	probe: 'cipher-suites',
	demand: {
		only: suiteNames({
			TLS13: aead,
			ECDHE_ECDSA: ecdhe,
			ECDHE_RSA: ecdhe,
			DHE_RSA: `${aead} AES_128_CBC_SHA256 AES_256_CBC_SHA256`,
			RSA: `AES_128_GCM_SHA256 AES_256_GCM_SHA384 AES_128_CBC_SHA256 AES_256_CBC_SHA256
				AES_128_CBC_SHA AES_256_CBC_SHA 3DES_EDE_CBC_SHA`,
		}),
		preference: 'server',
	},
});
