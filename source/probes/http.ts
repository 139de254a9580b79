import {httpPart} from './http/report-part.js';
import type {HttpTypes} from './http/types.js';
import type {Probe} from './probe.js';

/** What the service says in HTTP: HSTS, and where it sends clients. */
const probe: Probe<'http', HttpTypes> = {
	name: 'http',
	title: 'HTTP',
	isDefault: false,
	isInFull: true,
	needs: ['versions'],
	uses: ['confirm'],
	options: {plainPort: undefined},
	conduct: async () => (await import('./http/ask-http.js')).default,
	report: httpPart,
};

export default probe;
