import {cipherSuitesPart} from './cipher-suites/report-part.js';
import type {CipherSuitesTypes} from './cipher-suites/types.js';
import type {Probe} from './probe.js';

/** Every cipher suite of each accepted version, and whose order of preference decides. */
const probe: Probe<'cipher-suites', CipherSuitesTypes> = {
	name: 'cipher-suites',
	title: 'Cipher suites',
	isDefault: false,
	isInFull: true,
	needs: ['versions'],
	options: {},
	conduct: async () => (await import('./cipher-suites/ask-cipher-suites.js')).default,
	report: cipherSuitesPart,
};

export default probe;
