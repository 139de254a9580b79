import {definePartRule} from '../rule.js';

/** The guideline states one size of RSA keys. It is read as the minimum. The only signature with RSA that it lists has SHA-256. */
export default definePartRule({
	id: 'mozilla-intermediate-certificates',
	title: 'certificates are ECDSA on P-256 or P-384, or RSA of 2048 bits or more, signed with SHA-2, and valid for at most 366 days',
	source: {name: 'Mozilla Server Side TLS 6.0, intermediate', url: 'https://ssl-config.mozilla.org/guidelines/6.0.json'},
	probe: 'certificates',
	demand: {
		keyType: ['ec', 'rsa'],
		curve: ['P-256', 'P-384'],
		keyBits: 2048,
		signature: ['sha256WithRSAEncryption', 'ecdsa-with-SHA256', 'ecdsa-with-SHA384', 'ecdsa-with-SHA512'],
		validityDays: 366,
	},
});
