import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'rfc9325-signature-schemes',
	title: 'the server does not sign handshakes with MD5 or SHA-1',
	source: {name: 'RFC 9325 §4.5, RFC 9155', url: 'https://www.rfc-editor.org/rfc/rfc9155'},
	probe: 'signature-schemes',
	demand: {never: ['rsa_md5', 'rsa_pkcs1_sha1', 'dsa_sha1', 'ecdsa_sha1']},
});
