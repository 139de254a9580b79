import type {Probe} from './probe.js';
import {signatureSchemesPart} from './signature-schemes/report-part.js';
import type {SignatureSchemesTypes} from './signature-schemes/types.js';

/** What the server signs with, in TLS 1.2 and 1.3. */
const probe: Probe<'signature-schemes', SignatureSchemesTypes> = {
	name: 'signature-schemes',
	title: 'Signature schemes',
	isDefault: false,
	isInFull: true,
	needs: ['versions'],
	usesLater: ['cipher-suites'],
	options: {},
	conduct: async () => (await import('./signature-schemes/ask-signature-schemes.js')).default,
	report: signatureSchemesPart,
};

export default probe;
