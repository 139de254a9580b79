import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'pci-dss',
	title: 'payment card data over open networks',
	source: {name: 'PCI DSS v4.0.1, requirement 4.2.1', url: 'https://www.pcisecuritystandards.org/document_library/'},
	rules: [
		{rule: 'pci-dss-no-early-tls'},
		{rule: 'pci-dss-strong-cryptography'},
		{rule: 'pci-dss-no-weak-suites'},
		{rule: 'pci-dss-certificates'},
		{rule: 'pci-dss-no-insecure-renegotiation'},
	],
});
