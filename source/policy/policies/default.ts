import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'default',
	title: 'what tlsprobe expects where nobody says anything',
	source: {name: 'RFC 9325 §3.1.1', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1'},
	rules: [
		{rule: 'rfc6176-no-ssl-2'},
		{rule: 'rfc7568-no-ssl-3'},
		{rule: 'rfc8996-no-tls-1-0'},
		{rule: 'rfc8996-no-tls-1-1'},
		{rule: 'accepts-any'},
	],
});
