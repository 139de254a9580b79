import type {ProbeReport} from '../probe.js';
import {compareIdentities} from './compare.js';
import {demandSchema, judgeDemand, parseDemand} from './demand.js';
import {demandFrom} from './demand-from.js';
import {briefOf, inShort, linesOf, problemsOf} from './lines.js';
import {columns, measures} from './measures.js';
import {certificatesSchema} from './schema.js';
import type {CertificatesTypes} from './types.js';

export const certificatesPart: ProbeReport<CertificatesTypes> = {
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
};
