import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'nist-sp-800-52r2',
	title: 'servers for government-only applications',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.1', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
	rules: [
		{rule: 'nist-sp-800-52r2-no-old-versions'},
		{rule: 'nist-sp-800-52r2-tls-1-2'},
		{rule: 'nist-sp-800-52r2-tls-1-3'},
		{rule: 'nist-sp-800-52r2-suites'},
		{rule: 'nist-sp-800-52r2-groups'},
		{rule: 'nist-sp-800-52r2-certificates'},
		{rule: 'nist-sp-800-52r2-renegotiation'},
		{rule: 'nist-sp-800-52r2-ocsp-stapling'},
	],
});
