import {definePartRule} from '../rule.js';
import {suiteNames} from '../suite-names.js';

const usual = 'AES_128_CBC_SHA256 AES_128_GCM_SHA256 AES_256_GCM_SHA384';
const withSha384 = `${usual} AES_256_CBC_SHA384`;
const withSha256 = `${usual} AES_256_CBC_SHA256`;
const withCcm = 'AES_128_CCM AES_256_CCM';

/** With forward secrecy alone. DHE and DSS are recommended until the end of 2029. */
export default definePartRule({
	id: 'bsi-tr-02102-2-suites',
	title: 'only recommended cipher suites with forward secrecy are accepted',
	source: {name: 'BSI TR-02102-2 (2026-01) §3.3.1, §3.4.4', url: 'https://www.bsi.bund.de/tr-02102'},
	probe: 'cipher-suites',
	demand: {
		only: suiteNames({
			TLS13: 'AES_128_GCM_SHA256 AES_256_GCM_SHA384 AES_128_CCM_SHA256',
			ECDHE_ECDSA: `${withSha384} ${withCcm}`,
			ECDHE_RSA: withSha384,
			DHE_DSS: withSha256,
			DHE_RSA: `${withSha256} ${withCcm}`,
			ECDHE_PSK: `${withSha384} AES_128_CCM_SHA256`,
			DHE_PSK: `${withSha384} ${withCcm}`,
		}),
	},
});
