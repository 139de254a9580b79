import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'mozilla-old',
	title: 'for services that very old clients must reach',
	source: {name: 'Mozilla Server Side TLS 5.7', url: 'https://wiki.mozilla.org/Security/Server_Side_TLS'},
	rules: [{rule: 'mozilla-old'}],
});
