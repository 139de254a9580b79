import type {ConfirmTypes} from './confirm/types.js';
import type {Probe} from './probe.js';

/** What comes after an accepted handshake: another stack completes it and asks the service something. */
const probe: Probe<'confirm', ConfirmTypes> = {
	name: 'confirm',
	title: 'Beyond the handshake',
	isDefault: false,
	isInFull: true,
	needs: ['versions'],
	options: {},
	conduct: async () => (await import('./confirm/confirm-versions.js')).default,
};

export default probe;
