import {versionNames} from '../../iana/versions.js';
import {byVersions, undecidedInList, undecidedLines, undecidedProblems} from '../by-versions.js';
import type {ProbeReport} from '../probe.js';
import type {JsonSchema, Line, Problem} from '../report-part.js';
import {compareGroups} from './compare.js';
import {demandFrom, demandSchema, judgeDemand, parseDemand} from './demand.js';
import type {DhFinding} from './dh-parameters.js';
import {describeGroups, dhWeakness, type GroupsReport, type VersionGroupsReport, versionsIn} from './groups-report.js';
import type {Order} from './order.js';
import type {GroupsTypes} from './types.js';

const preferences = ['server', 'client', 'undecided', 'not-applicable'] satisfies Order[];

const group: JsonSchema = {
	type: 'object',
	properties: {
		name: {description: 'of IANA', type: 'string'},
		code: {type: 'string', pattern: '^0x[0-9a-f]{4}$'},
		isPostQuantum: {description: 'ML-KEM or Kyber, alone or with a curve; left out for others', const: true},
		weakness: {description: 'why it is weak; left out where it is not', type: 'string'},
	},
	required: ['name', 'code'],
	additionalProperties: false,
};

const parameters: JsonSchema = {
	description: 'a prime that the server uses for DHE',
	type: 'object',
	properties: {
		bits: {type: 'integer', minimum: 0},
		sha256: {description: 'of the bytes of the prime, without leading zeros', type: 'string', pattern: '^[0-9a-f]{64}$'},
		name: {description: 'of RFC 7919 (ffdhe2048), RFC 3526 (modp2048) or RFC 2409 (modp1024)', type: ['string', 'null']},
		isSafePrime: {description: 'null where the prime was not tested: too large, or one of too many', type: ['boolean', 'null']},
		isReused: {
			description: 'whether two connections had the same key; null where all differ and fewer than three were seen',
			type: ['boolean', 'null'],
		},
	},
	required: ['bits', 'sha256', 'name', 'isSafePrime', 'isReused'],
	additionalProperties: false,
};

const ofVersion: JsonSchema = {
	type: 'object',
	properties: {
		accepted: {description: "in the server's order of preference where it has one", type: 'array', items: group},
		undecided: {
			description: 'names of groups that are neither proved to be accepted nor to be refused',
			type: 'array',
			items: {type: 'string'},
		},
		preference: {description: 'whose order decides', enum: preferences},
		connections: {description: 'how many were made for it, beside those of other probes', type: 'integer', minimum: 0},
		dhParameters: {
			description: 'before TLS 1.3, where DHE is accepted; empty where it may be, and no parameters were read',
			type: 'array',
			items: parameters,
		},
	},
	required: ['accepted', 'undecided', 'preference', 'connections'],
	additionalProperties: false,
};

export const groupsPart: ProbeReport<GroupsTypes> = {
	field: 'groups',
	title: 'Groups',
	rule: 'A group is accepted if a HelloRetryRequest, a key share or a ServerKeyExchange of that version names it. It is refused if a list with it was answered by an alert, and an accepted group is still selected with the same hello. Every other group is undecided (docs/groups.md).',
	of: describeGroups,
	schema: {
		description: 'the groups for key exchange of each version that is accepted',
		type: 'object',
		propertyNames: {enum: versionNames},
		additionalProperties: ofVersion,
	},
	lines: report => byVersions(versionsIn(report), ({connections: _, ...said}) => said).flatMap(([label, found]) => linesOf(label, found)),
	inShort: report =>
		byVersions(versionsIn(report), ({connections: _, ...said}) => said).map(([label, {accepted, preference, dhParameters = []}]) => {
			const names = accepted.length === 0 ? 'none' : accepted.map(({name}) => name).join(', ');
			return {text: [`${label}: ${names}`, ...shortWords[preference], ...dhParameters.map(inWords)].join('; ')};
		}),
	problems: problemsOf,
	brief(report) {
		const all = versionsIn(report).map(([, found]) => found);
		const accepted = new Map(all.flatMap(found => found.accepted).map(item => [item.code, item]));
		const undecided = new Set(all.flatMap(found => found.undecided)).size;
		const weak = [...accepted.values()].filter(({weakness}) => weakness !== undefined).map(({name}) => name);
		const primes = all.flatMap(({dhParameters = []}) => dhParameters).map(({bits}) => bits);
		return [
			`${accepted.size} accepted`,
			weak.length === 0 ? 'none weak' : `weak ${weak.join(' ')}`,
			...(primes.length === 0 ? [] : [`DH ${Math.min(...primes)} bits`]),
			...(undecided === 0 ? [] : [`${undecided} undecided`]),
		].join(', ');
	},
	inList(report) {
		const all = versionsIn(report).map(([, found]) => found);
		const weak = [...new Set(all.flatMap(({accepted}) => accepted.filter(({weakness}) => weakness !== undefined).map(({name}) => name)))];
		const primes = all.flatMap(({dhParameters = []}) => dhParameters).filter(found => dhWeakness(found) !== undefined);
		const preferred = preferredIn(report)[0];
		return [
			...(preferred === undefined ? ['no group'] : [preferred[1]]),
			...(weak.length === 0 ? [] : [`weak ${weak.join(' ')}`]),
			...(primes.length === 0 ? [] : [`weak DH ${Math.min(...primes.map(({bits}) => bits))} bits`]),
			...undecidedInList(all, 'group'),
		].join(', ');
	},
	measures: [
		{
			name: 'preferred_group_info',
			help: 'Always 1; the labels name the group that the server selects first in each version.',
			samples: report => preferredIn(report).map(([version, group]) => ({labels: {version, group}, value: 1})),
		},
	],
	columns: [{name: 'preferred', cell: report => preferredIn(report)[0]?.[1] ?? ''}],
	demand: {schema: demandSchema, parse: parseDemand, judge: judgeDemand, fromPart: demandFrom},
	compare: compareGroups,
};

/** What the server selects where everything is offered, the newest version first. */
const preferredIn = (report: GroupsReport): readonly (readonly [version: string, group: string])[] =>
	versionsIn(report)
		.toReversed()
		.flatMap(([version, {accepted}]) => (accepted[0] === undefined ? [] : [[version, accepted[0].name] as const]));

const words: Readonly<Record<Order, string>> = {
	server: " (the server's order of preference)",
	client: " (the client's order decides)",
	undecided: ' (whose order decides is not known)',
	'not-applicable': '',
};

const shortWords: Readonly<Record<Order, readonly string[]>> = {
	server: ["the server's order"],
	client: ["the client's order"],
	undecided: ['whose order decides is not known'],
	'not-applicable': [],
};

function linesOf(label: string, {accepted, undecided, preference, dhParameters}: VersionGroupsReport): readonly Line[] {
	const weak = accepted.filter(({weakness}) => weakness !== undefined);
	const text = accepted.length === 0 ? 'none' : accepted.map(({name}) => name).join(', ');
	return [
		{label, text: `${text}${words[preference]}`, tone: 'neutral'},
		...weak.map(({name, weakness}): Line => ({label, text: `${name} is weak: ${weakness}`, tone: 'bad'})),
		...(dhParameters ?? []).map(
			(found): Line => ({label, text: inWords(found), tone: dhWeakness(found) === undefined ? 'neutral' : 'bad'}),
		),
		...(dhParameters?.length === 0 ? [{label, text: 'DH parameters could not be read', tone: 'open'} as const] : []),
		...undecidedLines(label, undecided),
	];
}

function problemsOf(report: GroupsReport): readonly Problem[] {
	const all = versionsIn(report).map(([, found]) => found);
	const weak = all.flatMap(({accepted, dhParameters = []}): Problem[] => [
		...dhParameters.flatMap((found): Problem[] => {
			const weakness = dhWeakness(found);
			const severity = found.bits < 1024 ? 'error' : 'warning';
			return weakness === undefined ? [] : [{severity, message: `DH parameters of ${found.bits} bits: ${weakness}`}];
		}),
		...accepted.flatMap(({name, weakness}): Problem[] =>
			weakness === undefined ? [] : [{severity: 'warning', message: `${name}: ${weakness}`}],
		),
	]);
	const once = [...new Map(weak.map(problem => [problem.message, problem])).values()];
	return [
		...once.filter(({severity}) => severity === 'error'),
		...once.filter(({severity}) => severity !== 'error'),
		...undecidedProblems(all),
	];
}

function inWords(found: DhFinding): string {
	const {bits, name, isSafePrime, isReused} = found;
	const weakness = dhWeakness(found);
	const said = [
		`DH parameters of ${bits} bits`,
		...(name === null ? [] : [name]),
		...(isSafePrime === null ? [] : [isSafePrime ? 'a safe prime' : 'not a safe prime']),
		...(isReused ? ['key reused'] : []),
		...(weakness === undefined ? [] : [`weak: ${weakness}`]),
	];
	return said.join(', ');
}
