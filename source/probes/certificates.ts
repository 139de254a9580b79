import {compareIdentities} from './certificates/compare.js';
import {demandSchema, judgeDemand, parseDemand} from './certificates/demand.js';
import {demandFrom} from './certificates/demand-from.js';
import {briefOf, inShort, linesOf, problemsOf} from './certificates/lines.js';
import {columns, measures} from './certificates/measures.js';
import {certificatesSchema} from './certificates/schema.js';
import type {CertificatesTypes} from './certificates/types.js';
import type {Probe} from './probe.js';

/** Every certificate that the server shows, with its chain, and what is wrong with it. Nothing is fetched from others. */
const probe: Probe<'certificates', CertificatesTypes> = {
	name: 'certificates',
	title: 'Certificates',
	isDefault: false,
	isInFull: true,
	needs: ['versions'],
	options: {ca: undefined, online: false, ctLogs: undefined},
	conduct: async () => (await import('./certificates/look-at-certificates.js')).default,
	report: {
		field: 'certificates',
		title: 'Certificates',
		rule: 'Each hello offers the kinds of certificates that were not shown yet. A kind is not there if the server answers by an alert, and the first hello is accepted again. Every other end leaves the kinds that were offered undecided (docs/certificates.md).',
		schema: certificatesSchema,
		of: value => value,
		lines: linesOf,
		inShort,
		problems: problemsOf,
		brief: briefOf,
		inList: briefOf,
		measures,
		columns,
		demand: {schema: demandSchema, parse: parseDemand, judge: judgeDemand, fromPart: demandFrom},
		compare: compareIdentities,
	},
};

export default probe;
