import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'mozilla-old',
	title: 'for services that very old clients must reach; Mozilla dropped this level in 6.0',
	source: {name: 'Mozilla Server Side TLS 5.8', url: 'https://ssl-config.mozilla.org/guidelines/5.8.json'},
	rules: [
		{rule: 'mozilla-old'},
		{rule: 'mozilla-old-suites'},
		{rule: 'mozilla-old-groups'},
		{rule: 'mozilla-old-certificates'},
		{rule: 'mozilla-old-ocsp-stapling'},
	],
});
