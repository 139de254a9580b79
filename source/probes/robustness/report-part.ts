import {closedObject} from '../closed-object.js';
import type {ProbeReport} from '../probe.js';
import type {JsonSchema, Line, Problem} from '../report-part.js';
import {compareRobustness} from './compare.js';
import {demandFrom, demandSchema, judgeDemand, parseDemand} from './demand.js';
import {
	type ClockSkew,
	type RandomReuse,
	type RobustnessFinding,
	type RobustnessStatus,
	type ToleranceField,
	toleranceFields,
} from './finding.js';
import type {RobustnessTypes} from './types.js';
import {fieldTitles, itemInWords, items, sources} from './words.js';

const itemList: JsonSchema = {type: 'array', items: {enum: items}, minItems: 1};

const tolerance = (description: string): JsonSchema => ({
	description,
	...closedObject(
		{
			status: {enum: ['tolerant', 'intolerant', 'inconclusive', 'not-applicable'] satisfies RobustnessStatus[]},
			of: {description: 'what is refused', ...itemList},
			undecided: {description: 'what is neither accepted nor clearly refused', ...itemList},
			answers: {
				description: 'how each of "of" is refused',
				type: 'object',
				properties: Object.fromEntries(items.map(item => [item, {type: 'string'}])),
				additionalProperties: false,
			},
		},
		['status'],
	),
});

const descriptions: Readonly<Record<ToleranceField, string>> = {
	grease: 'reserved values, in every place of a hello (RFC 8701)',
	futureVersion: 'a version after TLS 1.3, in legacy_version and in supported_versions',
	helloSize: 'hellos of 256 to 511, of more than 512 and of 14,000 bytes',
	manySuites: 'more than 128 cipher suites',
	splitHello: 'a hello in two records, and in two segments of TCP',
	unknownName: 'a server name that no server has; intolerant: refused, which is no fault',
};

const properties: Readonly<Record<string, JsonSchema>> = {
	...Object.fromEntries(toleranceFields.map(field => [field, tolerance(descriptions[field])])),
	clockSkew: {
		description: 'whether the randoms of ServerHellos up to TLS 1.2 show the clock of the server',
		...closedObject(
			{
				status: {enum: ['measured', 'not-shown', 'inconclusive', 'not-applicable'] satisfies ClockSkew['status'][]},
				seconds: {description: 'how far it is ahead of the clock of this machine', type: 'integer'},
			},
			['status'],
		),
	},
	randomReuse: {
		description: 'whether two ServerHellos had the same random',
		...closedObject({status: {enum: ['present', 'absent', 'inconclusive', 'not-applicable'] satisfies RandomReuse['status'][]}}, [
			'status',
		]),
	},
	connections: {description: 'hellos that were sent for it', type: 'integer', minimum: 0},
};

export const robustnessPart: ProbeReport<RobustnessTypes> = {
	field: 'robustness',
	title: 'Robustness',
	rule: 'An unusual hello is accepted if a ServerHello answers it. It is refused if eight connections with it are refused or not answered, while the same hello without what is unusual is accepted before, between and after (docs/robustness.md).',
	of: finding => finding,
	schema: {description: 'which unusual hellos the server answers', ...closedObject(properties, Object.keys(properties))},
	lines: report => [
		...toleranceFields.filter(field => isFault(report, field)).flatMap(field => linesOf(report, field)),
		...grouped(report, 'tolerant', 'accepted'),
		...toleranceFields.filter(field => !isFault(report, field)).flatMap(field => linesOf(report, field)),
		...grouped(report, 'not-applicable', 'not applicable'),
		...skewLines(report),
		...(report.randomReuse.status === 'present' ? [{label: 'random', text: 'the same in two ServerHellos', tone: 'bad'} as const] : []),
	],
	inShort: report => [
		{text: `${toleranceFields.filter(field => report[field].status === 'tolerant').length} kinds of unusual hellos are accepted`},
		...toleranceFields.flatMap(field => linesOf(report, field)).map(({label, text}) => ({text: `${label}: ${text}`})),
		...skewLines(report).map(({label, text}) => ({text: `${label} ${text}`})),
	],
	problems: report => [
		...(report.randomReuse.status === 'present'
			? [{severity: 'error', message: 'the same random in two ServerHellos'} satisfies Problem]
			: []),
		...toleranceFields
			.filter(field => isFault(report, field))
			.map((field): Problem => ({severity: 'warning', message: `${refusedIn(report, field)} refused (${sources[field]})`})),
		...undecidedIn(report),
	],
	brief(report) {
		const faults = toleranceFields.filter(field => isFault(report, field)).map(field => `refuses ${refusedIn(report, field)}`);
		const open = toleranceFields.filter(field => report[field].status === 'inconclusive').length;
		const parts = [
			...(report.randomReuse.status === 'present' ? ['the same random twice'] : []),
			...faults,
			...(open === 0 ? [] : [`${open} inconclusive`]),
		];
		return parts.length === 0 ? 'tolerant' : parts.join(', ');
	},
	inList: report =>
		[
			...(report.randomReuse.status === 'present' ? ['the same random twice'] : []),
			...toleranceFields.filter(field => isFault(report, field)).map(field => `refuses ${refusedIn(report, field)}`),
		].join(', '),
	demand: {schema: demandSchema, parse: parseDemand, judge: judgeDemand, fromPart: demandFrom},
	compare: compareRobustness,
};

/** A server may refuse names that it does not have. */
const isFault = (report: RobustnessFinding, field: ToleranceField): boolean =>
	report[field].status === 'intolerant' && sources[field] !== undefined;

const refusedIn = (report: RobustnessFinding, field: ToleranceField): string => (report[field].of ?? []).map(itemInWords).join(', ');

function grouped(report: RobustnessFinding, status: RobustnessStatus, label: string): readonly Line[] {
	const titles = toleranceFields.filter(field => report[field].status === status).map(field => fieldTitles[field]);
	return titles.length === 0 ? [] : [{label, text: titles.join(', '), tone: 'neutral'}];
}

/** What is refused, and what is open. */
function linesOf(report: RobustnessFinding, field: ToleranceField): readonly Line[] {
	const {status, of = [], undecided = [], answers} = report[field];
	const label = fieldTitles[field];
	switch (status) {
		case 'tolerant':
		case 'not-applicable':
			return [];
		case 'inconclusive':
			return [{label, text: ['inconclusive', undecided.map(itemInWords).join(', ')].filter(text => text !== '').join(': '), tone: 'open'}];
		case 'intolerant': {
			const tone = isFault(report, field) ? 'bad' : 'neutral';
			const isItself = field === 'manySuites' || field === 'unknownName';
			const refused = of.map(item => `${isItself ? '' : `${itemInWords(item)} `}refused (${answers?.[item] ?? ''})`).join(', ');
			const open =
				undecided.length === 0 ? [] : [{label, text: `inconclusive: ${undecided.map(itemInWords).join(', ')}`, tone: 'open'} as const];
			return [{label, text: refused, tone}, ...open];
		}
		default:
			return status satisfies never;
	}
}

function undecidedIn(report: RobustnessFinding): readonly Problem[] {
	const open = toleranceFields.filter(field => report[field].status === 'inconclusive').map(field => fieldTitles[field]);
	return open.length === 0 ? [] : [{severity: 'undecided', message: `neither accepted nor clearly refused: ${open.join(', ')}`}];
}

const skewLines = ({clockSkew: {status, seconds = 0}}: RobustnessFinding): readonly Line[] =>
	status === 'measured' ? [{label: "server's clock", text: skewInWords(seconds), tone: 'neutral'}] : [];

function skewInWords(seconds: number): string {
	if (seconds === 0) {
		return 'shown in randoms, and as here';
	}

	return `shown in randoms, ${Math.abs(seconds)} ${Math.abs(seconds) === 1 ? 'second' : 'seconds'} ${seconds > 0 ? 'ahead' : 'behind'}`;
}
