import {gradePart} from './grade/report-part.js';
import type {GradeTypes} from './grade/types.js';
import type {Probe} from './probe.js';

/** The grade by the SSL Labs rating guide. It is a probe, so that formats, checks and `diff` use it like any other result. */
const probe: Probe<'grade', GradeTypes> = {
	name: 'grade',
	title: 'Grade',
	isDefault: false,
	isInFull: false,
	needs: ['versions', 'cipher-suites', 'groups', 'certificates', 'extensions', 'vulnerabilities', 'http'],
	options: {},
	conduct: async () => (await import('./grade/compute-grade.js')).default,
	report: gradePart,
};

export default probe;
