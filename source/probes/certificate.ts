import type {CertificateTypes} from './certificate/types.js';
import type {Probe} from './probe.js';

/** The server's certificate, where the connections of others show it: this probe makes none. */
const probe: Probe<'certificate', CertificateTypes> = {
	name: 'certificate',
	title: 'Certificate',
	isDefault: false,
	isInFull: true,
	needs: ['versions'],
	uses: ['confirm'],
	options: {readsAnswers: true},
	readsBytes: ({readsAnswers}) => readsAnswers,
	conduct: async () => (await import('./certificate/read-certificate.js')).default,
};

export default probe;
