import {defineRule} from '../rule.js';

export default defineRule({
	id: 'mozilla-intermediate',
	title: 'only TLS 1.2 and 1.3 are accepted',
	source: {name: 'Mozilla Server Side TLS 6.0, intermediate', url: 'https://wiki.mozilla.org/Security/Server_Side_TLS'},
	words: {rejects: ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1'], accepts: ['TLSv1.2', 'TLSv1.3']},
});
