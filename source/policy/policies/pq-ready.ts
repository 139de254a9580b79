import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'pq-ready',
	title: 'a hybrid post-quantum key exchange is available, so that recorded connections cannot be decrypted later with a quantum computer',
	source: {name: 'RFC 10024', url: 'https://www.rfc-editor.org/rfc/rfc10024'},
	rules: [{rule: 'pq-ready-hybrid-group'}],
});
