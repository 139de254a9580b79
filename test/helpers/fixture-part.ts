import type {Report} from '../../source/engine/report.js';
import type {ReportPart} from '../../source/probes/report-part.js';
import {type AnyReportPart, asAnyPart} from '../../source/probes/report-parts.js';

/** What a probe that exists in tests alone would find: which methods of compression a server takes. */
export type Compression = {readonly methods: readonly string[]; readonly status: 'present' | 'absent' | 'inconclusive'};

type CompressionDemand = {readonly rejects: readonly string[]};

const methods = {type: 'array', items: {type: 'string', minLength: 1}} as const;

const compression: ReportPart<Compression, CompressionDemand> = {
	field: 'compressionMethods',
	title: 'Compression methods',
	schema: {
		description: 'which methods of compression are accepted',
		type: 'object',
		properties: {
			methods: {description: 'by their names', ...methods},
			status: {enum: ['present', 'absent', 'inconclusive']},
		},
		required: ['methods', 'status'],
		additionalProperties: false,
	},
	lines: part => [
		{label: 'status', text: part.status, tone: ({present: 'bad', absent: 'good', inconclusive: 'open'} as const)[part.status]},
		{label: 'accepted', text: part.methods.length === 0 ? 'none' : part.methods.join(', '), tone: 'neutral'},
	],
	problems: ({methods: found, status}) =>
		status === 'absent'
			? []
			: [{severity: status === 'present' ? 'warning' : 'undecided', message: `compression with ${found.join(', ')}`}],
	brief: ({methods: found, status}) => (status === 'inconclusive' ? 'not known' : found.length === 0 ? 'none' : found.join(' ')),
	demand: {
		schema: {
			description: 'what compression has to be',
			type: 'object',
			properties: {rejects: {description: 'methods that are refused', ...methods}},
			required: ['rejects'],
			additionalProperties: false,
		},
		parse(value) {
			const {rejects, ...others} = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
			const isDemand = Array.isArray(rejects) && rejects.every(item => typeof item === 'string') && Object.keys(others).length === 0;
			return isDemand ? {demand: {rejects}} : {problem: `it takes rejects, a list of methods, not ${JSON.stringify(value)}`};
		},
		judge({methods: found, status}, {rejects}) {
			const wrong = rejects.filter(name => found.includes(name));
			if (wrong.length > 0) {
				return {status: 'fail', message: `${wrong.join(' and ')} is accepted, but should be refused`};
			}

			return status === 'inconclusive'
				? {status: 'inconclusive', message: `${rejects.join(' and ')} is not proved to be refused`}
				: {status: 'pass', message: `${rejects.join(' and ')} is refused`};
		},
	},
	compare(before, after) {
		const [came, went] = [
			after.methods.filter(name => !before.methods.includes(name)),
			before.methods.filter(name => !after.methods.includes(name)),
		];
		return [
			...came.map(name => ({effect: 'worse', message: `${name} is accepted now`}) as const),
			...went.map(name => ({effect: 'better', message: `${name} is not accepted now`}) as const),
		];
	},
};

export const fixturePart: AnyReportPart = asAnyPart(compression);

export const fixtureParts: readonly AnyReportPart[] = [fixturePart];

/** A report with this part, in its place. */
export function withCompression(report: Report, part: Compression): Report {
	const entries = Object.entries(report).filter(([name]) => name !== fixturePart.field);
	const place = entries.findIndex(([name]) => name === 'versions') + 1;
	return Object.fromEntries([...entries.slice(0, place), [fixturePart.field, part], ...entries.slice(place)]) as unknown as Report;
}
