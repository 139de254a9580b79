import {groups} from '../../iana/groups.js';
import {broken, countProblem, type Fault, judgeFaults, namesProblem, open, parseFields} from '../demand-fields.js';
import type {JsonSchema, Judgement} from '../report-part.js';
import {groupFacts} from './group-facts.js';
import {type GroupsReport, type VersionGroupsReport, versionsIn} from './groups-report.js';

/** What may be demanded of groups. Names are IANA's, or codes. */
export type GroupsDemand = {
	/** No other group is accepted. */
	readonly only?: readonly string[] | undefined;
	/** None of these is accepted. */
	readonly never?: readonly string[] | undefined;
	/** One of these is accepted, in some version. */
	readonly atLeastOne?: readonly string[] | undefined;
	/** At least, of every prime that DHE uses, in any version. */
	readonly dhBits?: number | undefined;
};

const names = {type: 'array', items: {type: 'string', minLength: 1}, minItems: 1} as const;

export const demandSchema: JsonSchema = {
	description: 'what groups have to be; names as IANA has them, or codes such as 0x001d',
	type: 'object',
	properties: {
		only: {description: 'no other group is accepted, in any version', ...names},
		never: {description: 'none of these groups is accepted, in any version', ...names},
		atLeastOne: {description: 'one of these groups is accepted, in some version', ...names},
		dhBits: {description: 'bits of each prime for finite-field Diffie-Hellman, at least', type: 'integer', minimum: 0},
	},
	minProperties: 1,
	additionalProperties: false,
};

const known = {
	noun: 'group',
	known: groups.entries.map(({name}) => name),
	help: 'names are those of IANA, such as x25519 and secp256r1',
	code: /^0x[\da-f]{4}$/,
};

export const parseDemand = (value: unknown) =>
	parseFields<GroupsDemand>(
		'groups',
		'only, never, atLeastOne and dhBits',
		{
			only: namesProblem('only', known),
			never: namesProblem('never', known),
			atLeastOne: namesProblem('atLeastOne', known),
			dhBits: countProblem('dhBits', 'bits'),
		},
		value,
	);

type Named = {readonly name: string; readonly code: string};

/** A group that is not wanted is proved to be refused only where it is not among the undecided ones. */
export function judgeDemand(report: GroupsReport, {only, never = [], atLeastOne, dhBits}: GroupsDemand): Judgement {
	const all = versionsIn(report);
	if (all.length === 0) {
		return {status: 'inconclusive', message: 'no version is accepted, so nothing is known of its groups'};
	}

	const isIn = (names: readonly string[], {name, code}: Named): boolean => names.includes(name) || names.includes(code);
	const isUnwanted = (group: Named): boolean => (only !== undefined && !isIn(only, group)) || isIn(never, group);
	const accepted = all.flatMap(([version, found]) => found.accepted.map(group => ({version, group})));
	const undecided = all.flatMap(([version, found]) => found.undecided.map(name => ({version, group: byName(name)})));
	const faults = [
		...accepted
			.filter(({group}) => isUnwanted(group))
			.map(({version, group}) => broken(`${group.name} is accepted in ${version}, but should be refused`)),
		...undecided
			.filter(({group}) => isUnwanted(group))
			.map(({version, group}) => open(`${group.name} is not proved to be refused in ${version}`)),
		...(dhBits === undefined ? [] : faultsOfPrimes(all, undecided, dhBits)),
	];
	if (atLeastOne !== undefined && !accepted.some(({group}) => isIn(atLeastOne, group))) {
		const names = atLeastOne.join(', ');
		faults.push(
			undecided.some(({group}) => isIn(atLeastOne, group))
				? open(`whether one of ${names} is accepted is not known`)
				: broken(`none of ${names} is accepted`),
		);
	}

	return judgeFaults(faults, 'the groups are as demanded');
}

function faultsOfPrimes(
	all: ReturnType<typeof versionsIn>,
	undecided: readonly {readonly version: string; readonly group: Named}[],
	least: number,
): readonly Fault[] {
	return [
		...all.flatMap(([version, found]) => shortPrimes(version, found, least).map(broken)),
		...all
			.filter(([, {dhParameters}]) => dhParameters?.length === 0)
			.map(([version]) => open(`DH parameters of ${version} could not be read, so their length is not known`)),
		...undecided
			.filter(({group}) => primeBits(group) < least)
			.map(({version, group}) =>
				open(`${group.name}, whose prime is shorter than ${least} bits, is not proved to be refused in ${version}`),
			),
	];
}

/** Those that are named, by RFC 7919, and those that the server has chosen itself. */
const shortPrimes = (version: string, {accepted, dhParameters = []}: VersionGroupsReport, least: number): readonly string[] =>
	[...new Set([...accepted.map(primeBits), ...dhParameters.map(({bits}) => bits)])]
		.filter(bits => bits < least)
		.map(bits => `DH parameters of ${bits} bits in ${version}, but at least ${least} are required`);

const primeBits = ({name}: Pick<Named, 'name'>): number => Number(/^ffdhe(\d+)$/.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);

function byName(name: string): Named {
	const known = groups.entries.find(entry => entry.name === name);
	return known === undefined ? {name, code: name} : groupFacts(known.code);
}

/** No group but those that are accepted now, and no shorter primes. Nothing is demanded where a group is undecided. */
export function demandFrom(report: GroupsReport): GroupsDemand | undefined {
	const all = versionsIn(report).map(([, found]) => found);
	const names = new Set(all.flatMap(({accepted}) => accepted.map(({name}) => name)));
	const primes = all.flatMap(({dhParameters = []}) => dhParameters.map(({bits}) => bits));
	if (all.some(({undecided}) => undecided.length > 0)) {
		return undefined;
	}

	const demand = {
		...(names.size === 0 ? {} : {only: [...names]}),
		...(primes.length === 0 ? {} : {dhBits: Math.min(...primes, ...[...names].map(name => primeBits({name})))}),
	};
	return Object.keys(demand).length === 0 ? undefined : demand;
}
