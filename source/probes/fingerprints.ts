import {fingerprintsPart} from './fingerprints/report-part.js';
import type {FingerprintsTypes} from './fingerprints/types.js';
import type {Probe} from './probe.js';

/** What the TLS stack of a server looks like from outside: JARM and JA3S. */
const probe: Probe<'fingerprints', FingerprintsTypes> = {
	name: 'fingerprints',
	title: 'Fingerprints',
	isDefault: false,
	isInFull: true,
	needs: ['versions'],
	options: {},
	conduct: async () => (await import('./fingerprints/ask-fingerprints.js')).default,
	report: fingerprintsPart,
};

export default probe;
