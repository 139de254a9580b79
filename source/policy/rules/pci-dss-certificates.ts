import {definePartRule} from '../rule.js';

/**
The standard requires certificates that are valid, neither expired nor revoked, and strong cryptography: at least 112 bits, and tested and accepted by the
industry. It is our interpretation that this excludes signatures with MD5 or SHA-1. The standard does not say who has to trust the certificate, so trust is
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
