import {definePartRule} from '../rule.js';

/** Those of TLS 1.3, and DSA in TLS 1.2, which is recommended until the end of 2029. RSA with PKCS #1 v1.5 was recommended until the end of 2025. */
export default definePartRule({
	id: 'bsi-tr-02102-2-signature-schemes',
	title: 'only recommended signature schemes are accepted',
	source: {name: 'BSI TR-02102-2 (2026-01) §3.3.3, §3.4.3', url: 'https://www.bsi.bund.de/tr-02102'},
	probe: 'signature-schemes',
	demand: {
		only: [
			'rsa_pss_rsae_sha256',
			'rsa_pss_rsae_sha384',
			'rsa_pss_rsae_sha512',
			'rsa_pss_pss_sha256',
			'rsa_pss_pss_sha384',
			'rsa_pss_pss_sha512',
			'ecdsa_secp256r1_sha256',
			'ecdsa_secp384r1_sha384',
			'ecdsa_secp521r1_sha512',
			'ecdsa_brainpoolP256r1tls13_sha256',
			'ecdsa_brainpoolP384r1tls13_sha384',
			'ecdsa_brainpoolP512r1tls13_sha512',
			'dsa_sha256',
			'dsa_sha384',
			'dsa_sha512',
		],
	},
});
