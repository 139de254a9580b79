import {extensionsPart} from './extensions/report-part.js';
import type {ExtensionsTypes} from './extensions/types.js';
import type {Probe} from './probe.js';

/** Which extensions the server answers, what ALPN selects, and what is asked of a certificate of the client. */
const probe: Probe<'extensions', ExtensionsTypes> = {
	name: 'extensions',
	title: 'Extensions',
	isDefault: false,
	isInFull: true,
	needs: ['versions'],
	options: {},
	conduct: async () => (await import('./extensions/ask-extensions.js')).default,
	report: extensionsPart,
};

export default probe;
