import type {ClientsTypes} from './clients/types.js';
import type {Probe} from './probe.js';

/** Which clients would connect, each asked with its own hello; and what those lack that would not. */
const probe: Probe<'clients', ClientsTypes> = {
	name: 'clients',
	title: 'Clients',
	isDefault: false,
	isInFull: false,
	needs: [],
	uses: ['versions'],
	options: {clients: []},
	conduct: async () => (await import('./clients/ask-as-clients.js')).default,
};

export default probe;
