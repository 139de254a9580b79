import {defineRule} from '../rule.js';

/**
This level allows TLS 1.0 and 1.1, but does not require them, so this rule does not. Version 6.0 of the guidelines, of April 2026,
has no such level any more: 5.8 is the last that has.
*/
export default defineRule({
	id: 'mozilla-old',
	title: 'SSL is rejected, TLS 1.2 and 1.3 are accepted',
	source: {name: 'Mozilla Server Side TLS 5.8, old', url: 'https://ssl-config.mozilla.org/guidelines/5.8.json'},
	words: {rejects: ['SSLv2', 'SSLv3'], accepts: ['TLSv1.2', 'TLSv1.3']},
});
