import type {Probe} from './probe.js';
import {robustnessPart} from './robustness/report-part.js';
import type {RobustnessTypes} from './robustness/types.js';

/** Which unusual hellos the server answers: with unknown values or later versions, long ones, and ones in two parts. */
const probe: Probe<'robustness', RobustnessTypes> = {
	name: 'robustness',
	title: 'Robustness',
	isDefault: false,
	isInFull: true,
	needs: ['versions'],
	options: {},
	conduct: async () => (await import('./robustness/ask-robustness.js')).default,
	report: robustnessPart,
};

export default probe;
