import {namesPart} from './names/report-part.js';
import type {NamesTypes} from './names/types.js';
import type {Probe} from './probe.js';

/** What the DNS says about the name: who may issue its certificates (CAA), which certificates are right (TLSA), and how clients should connect (HTTPS, ECH). */
const probe: Probe<'names', NamesTypes> = {
	name: 'names',
	title: 'Names',
	isDefault: false,
	isInFull: true,
	needs: ['versions', 'certificates'],
	options: {},
	conduct: async () => (await import('./names/ask-names.js')).default,
	report: namesPart,
};

export default probe;
