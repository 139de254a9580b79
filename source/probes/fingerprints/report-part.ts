import {versionNames} from '../../iana/versions.js';
import type {ProbeReport} from '../probe.js';
import type {Line, PartChange} from '../report-part.js';
import {demandFrom, demandSchema, judgeDemand, parseDemand} from './demand.js';
import type {FingerprintsTypes} from './types.js';

export const fingerprintsPart: ProbeReport<FingerprintsTypes> = {
	field: 'fingerprints',
	title: 'Fingerprints',
	rule: 'JARM is made of the answers to ten hellos. A refusal is part of it; where a hello has no answer, there is no fingerprint (docs/fingerprints.md).',
	of: finding => finding,
	schema: {
		description: 'fingerprints of the TLS stack and its configuration',
		type: 'object',
		properties: {
			jarm: {description: 'null if a hello had no answer', type: ['string', 'null'], pattern: '^[0-9a-f]{62}$'},
			ja3s: {
				description: 'by the version that was selected; comparable only with others of this program',
				type: 'object',
				properties: Object.fromEntries(versionNames.map(name => [name, {type: 'string', pattern: '^[0-9a-f]{32}$'}])),
				additionalProperties: false,
			},
			reason: {description: 'why there is no JARM', type: 'string'},
			connections: {description: 'hellos that were sent for it', type: 'integer', minimum: 0},
		},
		required: ['jarm', 'ja3s', 'connections'],
		additionalProperties: false,
	},
	lines: ({jarm, ja3s, reason}) => [
		jarm === null
			? {label: 'JARM', text: `inconclusive: ${reason ?? 'not known'}`, tone: 'open'}
			: {label: 'JARM', text: jarm, tone: 'neutral'},
		...Object.entries(ja3s).map(([version, text]): Line => ({label: 'JA3S', text: `${text} (${version})`, tone: 'neutral'})),
	],
	inShort: ({jarm}) => [{label: 'JARM fingerprint', text: `${jarm}`}],
	problems: ({jarm, reason}) => (jarm === null ? [{severity: 'undecided', message: `no JARM fingerprint: ${reason ?? 'not known'}`}] : []),
	brief: ({jarm}) => (jarm === null ? 'JARM inconclusive' : `JARM ${jarm}`),
	demand: {schema: demandSchema, parse: parseDemand, judge: judgeDemand, fromPart: demandFrom},
	compare: ({jarm: before}, {jarm: after}): readonly PartChange[] =>
		before === null || after === null || before === after
			? []
			: [{effect: 'changed', message: `the JARM fingerprint was ${before} and is ${after}`}],
};
