import {defineRule} from '../rule.js';

export default defineRule({
	id: 'mozilla-modern',
	title: 'only TLS 1.3 is accepted',
	source: {name: 'Mozilla Server Side TLS 6.0, modern', url: 'https://wiki.mozilla.org/Security/Server_Side_TLS'},
	words: {rejects: ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'], accepts: ['TLSv1.3']},
});
