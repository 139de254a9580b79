import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'mozilla-intermediate',
	title: 'for general use',
	source: {name: 'Mozilla Server Side TLS 6.0', url: 'https://wiki.mozilla.org/Security/Server_Side_TLS'},
	rules: [
		{rule: 'mozilla-intermediate'},
		{rule: 'mozilla-intermediate-suites'},
		{rule: 'mozilla-intermediate-groups'},
		{rule: 'mozilla-intermediate-certificates'},
		{rule: 'mozilla-intermediate-hsts'},
		{rule: 'mozilla-intermediate-ocsp-stapling'},
	],
});
