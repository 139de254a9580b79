import {defineRule} from '../rule.js';

/**
What the standard calls SSL and early TLS. It does not say which versions of TLS are early: 1.0 is taken for it here, as is usual. Appendix A2
excepts terminals of points of sale that are shown not to be affected.
*/
export default defineRule({
	id: 'pci-dss-no-early-tls',
	title: 'SSL and TLS 1.0 are rejected',
	source: {name: 'PCI DSS v4.0.1, requirement 4.2.1 and appendix A2', url: 'https://www.pcisecuritystandards.org/document_library/'},
	words: {rejects: ['SSLv2', 'SSLv3', 'TLSv1.0']},
});
