import {definePartRule} from '../rule.js';

/** The standard forbids insecure implementations. That this is one is our interpretation. */
export default definePartRule({
	id: 'pci-dss-no-insecure-renegotiation',
	title: 'the server does not renegotiate insecurely',
	source: {name: 'PCI DSS v4.0.1, requirement 4.2.1', url: 'https://www.pcisecuritystandards.org/document_library/'},
	probe: 'vulnerabilities',
	demand: {never: ['insecureRenegotiation']},
});
