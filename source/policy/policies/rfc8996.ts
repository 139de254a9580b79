import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'rfc8996',
	title: 'TLS 1.0 and 1.1 are deprecated',
	source: {name: 'RFC 8996', url: 'https://www.rfc-editor.org/rfc/rfc8996'},
	rules: [{rule: 'rfc8996-no-tls-1-0'}, {rule: 'rfc8996-no-tls-1-1'}],
});
