import {definePartRule} from '../rule.js';

/**
The standard names no suite: strong cryptography has at least 112 bits, and is what the industry has tested and accepts. That suites without a
certificate and with RC4 are none of that is our reading, since RFC 5246 and RFC 7465.
*/
export default definePartRule({
	id: 'pci-dss-no-weak-suites',
	title: 'cipher suites without encryption or certificate, with RC4 or with less than 112 bits are rejected',
	source: {
		name: 'PCI DSS v4.0.1, requirement 4.2.1 and the definition of strong cryptography in appendix G',
		url: 'https://www.pcisecuritystandards.org/document_library/',
	},
	probe: 'cipher-suites',
	demand: {never: ['no-encryption', 'anonymous', 'export', 'des', 'rc4', 'short-key']},
});
