import type {Probe} from './probe.js';
import {vulnerabilitiesPart} from './vulnerabilities/report-part.js';
import type {VulnerabilitiesTypes} from './vulnerabilities/types.js';

/** Which known vulnerabilities the server has. Nothing is sent that can crash one, or read more than a few bytes of its memory. */
const probe: Probe<'vulnerabilities', VulnerabilitiesTypes> = {
	name: 'vulnerabilities',
	title: 'Vulnerabilities',
	isDefault: false,
	isInFull: true,
	needs: ['versions', 'cipher-suites', 'groups', 'extensions'],
	options: {},
	conduct: async () => (await import('./vulnerabilities/ask-vulnerabilities.js')).loadConduct(),
	report: vulnerabilitiesPart,
};

export default probe;
