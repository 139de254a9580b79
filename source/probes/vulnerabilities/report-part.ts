import {listedFew} from '../../bytes/listed.js';
import type {ProbeReport} from '../probe.js';
import type {JsonSchema, Line, Measure, Problem} from '../report-part.js';
import {compareVulnerabilities} from './compare.js';
import {demandFrom, demandSchema, judgeDemand, parseDemand} from './demand.js';
import {vulnerabilities} from './index.js';
import type {VulnerabilitiesTypes} from './types.js';
import {
	canBeDecided,
	describeVulnerabilities,
	titleOf,
	type VulnerabilitiesReport,
	type VulnerabilityReport,
} from './vulnerabilities-report.js';
import {severities, type VulnerabilityStatus} from './vulnerability.js';

const statuses = ['present', 'absent', 'inconclusive', 'not-applicable'] satisfies VulnerabilityStatus[];

const vulnerability: JsonSchema = {
	type: 'object',
	properties: {
		status: {
			description:
				'not-applicable: the server refuses what the vulnerability depends on; inconclusive: it is not known, for the reason in message',
			enum: statuses,
		},
		cve: {type: 'array', items: {type: 'string', pattern: '^CVE-[0-9]{4}-[0-9]+$'}},
		severity: {description: 'how bad it is if it is present', enum: severities},
		message: {description: 'what shows the status, or why it is not known', type: 'string'},
		connections: {description: 'how many connections were made for this vulnerability alone', type: 'integer', minimum: 0},
	},
	required: ['status', 'cve', 'severity', 'message', 'connections'],
	additionalProperties: false,
};

type Entry = VulnerabilityReport & {readonly name: string; readonly title: string};

const rankOf = ({severity}: Entry): number => severities.indexOf(severity);

/** So many that do not apply are named in short. */
const mostInapplicable = 4;

/** Those with a status, the worst first. */
const having = (report: VulnerabilitiesReport, status: VulnerabilityStatus): readonly Entry[] =>
	Object.entries(report)
		.filter(([, found]) => found.status === status)
		.map(([name, found]) => ({...found, name, title: titleOf(name)}))
		.toSorted((one, other) => rankOf(one) - rankOf(other));

const titlesOf = (entries: readonly Entry[]): string[] => entries.map(({title}) => title);

const measures: readonly Measure<VulnerabilitiesReport>[] = [
	{
		name: 'vulnerability',
		help: 'Whether the vulnerability is present (1) or not (0). Left out if that is not known.',
		samples: report =>
			Object.entries(report)
				.filter(([, {status}]) => status !== 'inconclusive')
				.map(([name, {status, severity}]) => ({labels: {name, severity}, value: status === 'present' ? 1 : 0})),
	},
];

export const vulnerabilitiesPart: ProbeReport<VulnerabilitiesTypes> = {
	field: 'vulnerabilities',
	title: 'Vulnerabilities',
	rule: 'A vulnerability is present only if the server sends what no sound server sends. It is absent only if the server refuses what it needs, or answers as only a sound server does. Silence and a time-out leave it inconclusive, and so does a close or a reset without a control (docs/vulnerabilities.md).',
	of: describeVulnerabilities,
	schema: {
		description: 'known vulnerabilities of protocols and implementations',
		type: 'object',
		properties: Object.fromEntries(vulnerabilities.map(({name}) => [name, vulnerability])),
		additionalProperties: false,
	},
	lines(report) {
		const [present, open] = [having(report, 'present'), having(report, 'inconclusive')];
		return [
			...present.map(({title, severity, message, cve}): Line => {
				const names = cve.length === 0 ? '' : `; ${listedFew(cve, 1)}`;
				return {label: title, text: `present, ${severity}: ${message}${names}`, tone: 'bad'};
			}),
			...open.map(({title, message}): Line => ({label: title, text: `inconclusive: ${message}`, tone: 'open'})),
			...(['absent', 'not-applicable'] as const).flatMap((status): Line[] => {
				const entries = having(report, status);
				return entries.length === 0
					? []
					: [{label: status === 'absent' ? status : 'not applicable', text: titlesOf(entries).join(', '), tone: 'neutral'}];
			}),
		];
	},
	inShort(report) {
		const [absent, other] = [titlesOf(having(report, 'absent')), titlesOf(having(report, 'not-applicable'))];
		return [
			{
				text: [
					...(absent.length === 0 ? [] : [`absent: ${absent.join(', ')}`]),
					...(other.length === 0 ? [] : [`not applicable: ${listedFew(other, mostInapplicable)}`]),
				].join('; '),
			},
		];
	},
	problems(report) {
		const open = titlesOf(having(report, 'inconclusive').filter(({name}) => canBeDecided(name)));
		return [
			...having(report, 'present')
				.map(
					({title, severity, message}): Problem => ({
						severity: severity === 'critical' || severity === 'high' ? 'error' : 'warning',
						message: `${title}: ${message}`,
					}),
				)
				.toSorted((one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning')),
			...(open.length === 0 ? [] : [{severity: 'undecided', message: `not known: ${listedFew(open, 3)}`} as const]),
		];
	},
	brief(report) {
		const [present, open] = [titlesOf(having(report, 'present')), having(report, 'inconclusive').length];
		return `${present.length === 0 ? 'none present' : present.join(', ')}${open === 0 ? '' : `, ${open} inconclusive`}`;
	},
	inList: report => titlesOf(having(report, 'present')).join(', '),
	measures,
	demand: {schema: demandSchema, parse: parseDemand, judge: judgeDemand, fromPart: demandFrom},
	compare: compareVulnerabilities,
};
