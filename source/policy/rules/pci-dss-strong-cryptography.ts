import {defineRule} from '../rule.js';

/**
The standard names no version here: it asks for secure versions alone, and for strong cryptography, which is what the industry has tested and
accepts. That TLS 1.1 is none of that any more, and 1.2 and 1.3 are, is our reading, since RFC 8996.
*/
export default defineRule({
	id: 'pci-dss-strong-cryptography',
	title: 'TLS 1.1 is rejected, TLS 1.2 or 1.3 is accepted',
	source: {
		name: 'PCI DSS v4.0.1, requirement 4.2.1 and the definition of strong cryptography in appendix G',
		url: 'https://www.pcisecuritystandards.org/document_library/',
	},
	words: {rejects: ['TLSv1.1'], acceptsAny: ['TLSv1.2', 'TLSv1.3']},
});
