import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'mozilla-modern-certificates',
	title: 'certificates are ECDSA on P-256 or P-384, signed with ECDSA and SHA-2, and valid for at most 90 days',
	source: {name: 'Mozilla Server Side TLS 6.0, modern', url: 'https://ssl-config.mozilla.org/guidelines/6.0.json'},
	probe: 'certificates',
	demand: {
		keyType: ['ec'],
		curve: ['P-256', 'P-384'],
		signature: ['ecdsa-with-SHA256', 'ecdsa-with-SHA384', 'ecdsa-with-SHA512'],
		validityDays: 90,
	},
});
