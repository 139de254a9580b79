import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'mozilla-intermediate-groups',
	title: 'only groups of this level are accepted',
	source: {name: 'Mozilla Server Side TLS 6.0, intermediate', url: 'https://ssl-config.mozilla.org/guidelines/6.0.json'},
	probe: 'groups',
	demand: {only: ['X25519MLKEM768', 'x25519', 'secp256r1', 'secp384r1']},
});
