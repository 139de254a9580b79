import {cipherSuites} from '../../iana/cipher-suites.js';
import {definePartRule} from '../rule.js';

/** Static RSA, and Diffie-Hellman over finite fields, ephemeral or not, with pre-shared keys too. */
const pattern = /^TLS_(?:RSA|DH|DHE|PSK_DHE)_/;

/** An update of RFC 9325, which only said that they should not be negotiated. */
export default definePartRule({
	id: 'rfc10015-no-static-rsa-no-dhe',
	title: 'cipher suites with static RSA or finite-field Diffie-Hellman are rejected',
	source: {name: 'RFC 10015 §§2-4', url: 'https://www.rfc-editor.org/rfc/rfc10015'},
	probe: 'cipher-suites',
	demand: {never: cipherSuites.entries.map(({name}): string => name).filter(name => pattern.test(name))},
});
