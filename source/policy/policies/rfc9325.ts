import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'rfc9325',
	title: 'recommendations for secure use of TLS',
	source: {name: 'RFC 9325 §3.1.1', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1'},
	rules: [
		{rule: 'rfc9325-no-old-versions'},
		{rule: 'rfc9325-tls-1-2'},
		{rule: 'rfc9325-no-weak-suites'},
		{rule: 'rfc9325-groups'},
		{rule: 'rfc9325-signature-schemes'},
		{rule: 'rfc9325-certificates'},
		{rule: 'rfc9325-renegotiation'},
		{rule: 'rfc9325-ticket-lifetime'},
		{rule: 'rfc10015-no-static-rsa-no-dhe'},
	],
});
