import {certificatesPart} from './certificates/report-part.js';
import type {CertificatesTypes} from './certificates/types.js';
import type {Probe} from './probe.js';

/** Every certificate that the server shows, with its chain, and what is wrong with it. Nothing is fetched from others. */
const probe: Probe<'certificates', CertificatesTypes> = {
	name: 'certificates',
	title: 'Certificates',
	isDefault: false,
	isInFull: true,
	needs: ['versions'],
	options: {ca: undefined, online: false, ctLogs: undefined},
	conduct: async () => (await import('./certificates/look-at-certificates.js')).default,
	report: certificatesPart,
};

export default probe;
