import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'pq-ready',
	title: 'keys are exchanged so that a quantum computer cannot read recorded connections, if the client can',
	source: {name: 'RFC 10024', url: 'https://www.rfc-editor.org/rfc/rfc10024'},
	rules: [{rule: 'pq-ready-hybrid-group'}],
});
