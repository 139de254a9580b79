import {defineRule} from '../rule.js';

/** The standard names no version here: strong cryptography is what the industry accepts, and since RFC 8996 that leaves TLS 1.1 out. */
export default defineRule({
	id: 'pci-dss-strong-cryptography',
	title: 'TLS 1.1 is refused, TLS 1.2 or 1.3 is accepted',
	source: {
		name: 'PCI DSS v4.0.1, requirement 4.2.1 and the definition of strong cryptography in appendix G',
		url: 'https://www.pcisecuritystandards.org/document_library/',
	},
	words: {rejects: ['TLSv1.1'], acceptsAny: ['TLSv1.2', 'TLSv1.3']},
});
