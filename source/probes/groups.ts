import {groupsPart} from './groups/report-part.js';
import type {GroupsTypes} from './groups/types.js';
import type {Probe} from './probe.js';

/** Every group for key exchange of each accepted version, and the primes of finite-field exchanges. */
const probe: Probe<'groups', GroupsTypes> = {
	name: 'groups',
	title: 'Groups',
	isDefault: false,
	isInFull: true,
	needs: ['versions'],
	uses: ['cipher-suites'],
	options: {},
	conduct: async () => (await import('./groups/ask-groups.js')).default,
	report: groupsPart,
};

export default probe;
