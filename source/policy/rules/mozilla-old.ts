import {defineRule} from '../rule.js';

/** This level allows TLS 1.0 and 1.1, and nobody is worse off without them: they are not asked for. */
export default defineRule({
	id: 'mozilla-old',
	title: 'SSL is refused, TLS 1.2 and 1.3 are accepted',
	source: {name: 'Mozilla Server Side TLS 5.7, old', url: 'https://wiki.mozilla.org/Security/Server_Side_TLS'},
	words: {rejects: ['SSLv2', 'SSLv3'], accepts: ['TLSv1.2', 'TLSv1.3']},
});
