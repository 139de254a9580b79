import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'mozilla-modern',
	title: 'for clients that speak TLS 1.3',
	source: {name: 'Mozilla Server Side TLS 6.0', url: 'https://wiki.mozilla.org/Security/Server_Side_TLS'},
	rules: [
		{rule: 'mozilla-modern'},
		{rule: 'mozilla-modern-suites'},
		{rule: 'mozilla-modern-groups'},
		{rule: 'mozilla-modern-certificates'},
		{rule: 'mozilla-modern-hsts'},
		{rule: 'mozilla-modern-ocsp-stapling'},
	],
});
