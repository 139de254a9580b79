import {definePartRule} from '../rule.js';
import {suiteNames} from '../suite-names.js';

/** The suites of TLSv1.2_2022 and of custom policies. The default, TLSv1.2_2023, has the four with GCM. */
export default definePartRule({
	id: 'azure-front-door-suites',
	title: "only cipher suites of Front Door's TLS policies are accepted",
	source: {name: 'Microsoft, Front Door: TLS policy (2026-08-13)', url: 'https://learn.microsoft.com/azure/frontdoor/tls-policy'},
	probe: 'cipher-suites',
	demand: {
		only: suiteNames({
			TLS13: 'AES_256_GCM_SHA384 AES_128_GCM_SHA256',
			ECDHE_RSA: 'AES_256_GCM_SHA384 AES_128_GCM_SHA256 AES_256_CBC_SHA384 AES_128_CBC_SHA256',
		}),
	},
});
