import {definePartRule} from '../rule.js';

/** TLS 1.2 has none of them. */
export default definePartRule({
	id: 'pq-ready-hybrid-group',
	title: 'a hybrid group with ML-KEM is accepted',
	source: {name: 'RFC 10024', url: 'https://www.rfc-editor.org/rfc/rfc10024'},
	probe: 'groups',
	demand: {atLeastOne: ['X25519MLKEM768', 'SecP256r1MLKEM768', 'SecP384r1MLKEM1024']},
});
