import {definePartRule} from '../rule.js';

/** Requirements with "shall". Those with "should", such as P-256 or P-384 and at most three years, are not judged. */
export default definePartRule({
	id: 'nist-sp-800-52r2-certificates',
	title: 'certificates have keys of 112 bits of strength or more, and they and their issuers are not signed with MD5 or SHA-1',
	source: {name: 'NIST SP 800-52 Rev. 2 §3.2.1', url: 'https://doi.org/10.6028/NIST.SP.800-52r2'},
	probe: 'certificates',
	demand: {keyBits: 2048, curveBits: 224, never: ['weak-signature']},
});
