import {definePartRule} from '../rule.js';
import {suiteNames} from '../suite-names.js';

const usual = `AES_128_GCM_SHA256 AES_256_GCM_SHA384 AES_128_CBC_SHA AES_256_CBC_SHA`;
const withSha384 = `${usual} AES_128_CBC_SHA256 AES_256_CBC_SHA384`;
const withSha256 = `${usual} AES_128_CBC_SHA256 AES_256_CBC_SHA256`;
const withCcm = 'AES_128_CCM AES_256_CCM AES_128_CCM_8 AES_256_CCM_8';

/**
Suites of appendix C, with pre-shared keys, are for closed networks: a server accepts them only if it has a pre-shared key. Those of appendix D, for
RSA key transport, are left out: SP 800-131A Rev. 2 disallows that padding after 2023.
*/
export default definePartRule({
	id: 'nist-sp-800-52r2-suites',
	title: 'only cipher suites of the document are accepted, all with AES',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.3.1', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
	probe: 'cipher-suites',
	demand: {
		only: suiteNames({
			TLS13: 'AES_128_GCM_SHA256 AES_256_GCM_SHA384 AES_128_CCM_SHA256 AES_128_CCM_8_SHA256',
			ECDHE_ECDSA: `${withSha384} ${withCcm}`,
			ECDHE_RSA: withSha384,
			DHE_RSA: `${withSha256} ${withCcm}`,
			DHE_DSS: withSha256,
			DH_DSS: withSha256,
			DH_RSA: withSha256,
			ECDH_ECDSA: withSha384,
			ECDH_RSA: withSha384,
			ECDHE_PSK: 'AES_128_CBC_SHA AES_256_CBC_SHA AES_128_CBC_SHA256 AES_256_CBC_SHA384 AES_128_GCM_SHA256 AES_256_GCM_SHA384',
			DHE_PSK: `${withSha384} AES_128_CCM AES_256_CCM`,
			RSA_PSK: withSha384,
			PSK: `${withSha384} ${withCcm}`,
		}),
	},
});
