import {definePartRule} from '../rule.js';

/**
The standard asks for certificates that are valid, neither expired nor revoked, and for strong cryptography: at least 112 bits, and what the industry
has tested and accepts. That signatures with MD5 or SHA-1 are none of that is our reading. Who has to trust the certificate it does not say, so that is
not judged.
*/
export default definePartRule({
	id: 'pci-dss-certificates',
	title: 'certificates are valid and not revoked, have keys of 112 bits of strength or more, and are not signed with MD5 or SHA-1',
	source: {
		name: 'PCI DSS v4.0.1, requirement 4.2.1 and the definition of strong cryptography in appendix G',
		url: 'https://www.pcisecuritystandards.org/document_library/',
	},
	probe: 'certificates',
	demand: {keyBits: 2048, curveBits: 224, never: ['expired', 'not-yet-valid', 'chain-expired', 'ocsp-revoked', 'weak-signature']},
});
