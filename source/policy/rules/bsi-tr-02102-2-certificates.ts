import {definePartRule} from '../rule.js';

/** Signatures of RSA with PKCS #1 v1.5 were recommended until the end of 2025. */
export default definePartRule({
	id: 'bsi-tr-02102-2-certificates',
	title: 'certificates have RSA and DSA keys of 3000 bits or more and curves of 250 bits or more, signed with RSA-PSS or ECDSA and SHA-2',
	source: {name: 'BSI TR-02102-2 (2026-01) §3.4.3, §3.6.1', url: 'https://www.bsi.bund.de/tr-02102'},
	probe: 'certificates',
	demand: {
		// A report of tlsprobe does not contain the hash of RSASSA-PSS, so `weak-signature` covers it.
		never: ['weak-signature'],
		keyBits: 3000,
		curveBits: 250,
		signature: ['rsassaPss', 'ecdsa-with-SHA256', 'ecdsa-with-SHA384', 'ecdsa-with-SHA512'],
	},
});
