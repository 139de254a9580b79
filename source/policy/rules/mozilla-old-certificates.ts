import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'mozilla-old-certificates',
	title: 'certificates are RSA of 2048 bits or more, signed with RSA and SHA-256, and valid for at most 366 days',
	source: {name: 'Mozilla Server Side TLS 5.8, old', url: 'https://ssl-config.mozilla.org/guidelines/5.8.json'},
	probe: 'certificates',
	demand: {keyType: ['rsa'], keyBits: 2048, signature: ['sha256WithRSAEncryption'], validityDays: 366},
});
