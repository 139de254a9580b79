import type {Probe} from './probe.js';
import {resumptionPart} from './resumption/report-part.js';
import type {ResumptionTypes} from './resumption/types.js';

/** Which sessions the server resumes, and whether its tickets announce 0-RTT data. */
const probe: Probe<'resumption', ResumptionTypes> = {
	name: 'resumption',
	title: 'Resumption',
	isDefault: false,
	isInFull: true,
	needs: ['versions'],
	uses: ['confirm'],
	options: {},
	conduct: async () => (await import('./resumption/ask-resumption.js')).default,
	report: resumptionPart,
};

export default probe;
