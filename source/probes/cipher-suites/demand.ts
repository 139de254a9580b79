import {cipherSuites} from '../../iana/cipher-suites.js';
import type {VersionName} from '../../iana/versions.js';
import {otherSsl2CipherKinds, ssl2CipherKinds} from '../../wire/ssl2.js';
import {broken, choiceProblem, type Fault, judgeFaults, namesProblem, open, parseFields} from '../demand-fields.js';
import type {JsonSchema, Judgement} from '../report-part.js';
import type {Preference} from './preference.js';
import {suiteFacts} from './suite-facts.js';
import {type CipherSuitesReport, type SuiteReport, type VersionSuitesReport, versionsIn} from './suites-report.js';
import {weaknessesOf, weaknessIds} from './weaknesses.js';

/** What may be demanded of suites. Names are IANA's or those of SSL 2's cipher kinds, codes, or in `never` the ids of weaknesses. */
export type SuitesDemand = {
	/** No other suite is accepted. */
	readonly only?: readonly string[] | undefined;
	/** None of these is accepted. */
	readonly never?: readonly string[] | undefined;
	/** Whose order decides, in each version of which several suites are accepted. */
	readonly preference?: 'server' | 'client' | undefined;
	/** The same as a configuration states it: up to TLS 1.2, and where it can be known. Check files have no word for it. */
	readonly configuredPreference?: 'server' | 'client' | undefined;
	/** The order that a configuration states, where the server's decides. Suites of one group may have any order among them. */
	readonly configuredOrder?: readonly (readonly string[])[] | undefined;
};

const names = {type: 'array', items: {type: 'string', minLength: 1}, minItems: 1} as const;

export const demandSchema: JsonSchema = {
	description: 'what cipher suites have to be; names as IANA has them, or codes such as 0xc02f',
	type: 'object',
	properties: {
		only: {description: 'no other suite is accepted, in any version', ...names},
		never: {
			description: `none of these suites is accepted, in any version; also the name of a weakness: ${weaknessIds.join(', ')}`,
			...names,
		},
		preference: {description: 'whose order of preference decides', enum: ['server', 'client']},
	},
	minProperties: 1,
	additionalProperties: false,
};

/** Those that may be accepted: SSL 2 has cipher kinds, which are not IANA's. */
const suites = [...cipherSuites.entries, ...ssl2CipherKinds, ...otherSsl2CipherKinds];
const suiteNames: readonly string[] = suites.map(({name}) => name);
const known = {
	noun: 'cipher suite',
	known: suiteNames,
	help: 'names are those of IANA, such as TLS_AES_128_GCM_SHA256',
	code: /^0x[\da-f]{4}(?:[\da-f]{2})?$/,
};

export const parseDemand = (value: unknown) =>
	parseFields<Omit<SuitesDemand, 'configuredPreference' | 'configuredOrder'>>(
		'cipherSuites',
		'only, never and preference',
		{
			only: namesProblem('only', known),
			never: namesProblem('never', {...known, known: [...suiteNames, ...weaknessIds]}),
			preference: choiceProblem('preference', ['server', 'client']),
		},
		value,
	);

/** A suite that is not wanted is proved to be refused only where it is not among the undecided ones. */
export function judgeDemand(report: CipherSuitesReport, demand: SuitesDemand): Judgement {
	const all = versionsIn(report);
	if (all.length === 0) {
		return {status: 'inconclusive', message: 'no version is accepted, so nothing is known of its cipher suites'};
	}

	const faults = all.flatMap(([version, found]) => [
		...found.accepted
			.filter(suite => isUnwanted(suite, demand))
			.map(({name}) => broken(`${name} is accepted in ${version}, but should be refused`)),
		...found.undecided
			.filter(name => isUnwanted(factsByName(name), demand))
			.map(name => open(`${name} is not proved to be refused in ${version}`)),
		...faultsOfOrder(version, found.preference, wantedOrder(version, found, demand)),
		...faultsOfList(version, found, demand),
	]);
	return judgeFaults(faults, 'the cipher suites are as demanded');
}

type Named = Pick<SuiteReport, 'name' | 'code' | 'weaknesses'>;

function isUnwanted({name, code, weaknesses = []}: Named, {only, never = []}: SuitesDemand): boolean {
	const isOther = only !== undefined && !only.includes(name) && !only.includes(code);
	return isOther || [name, code, ...weaknesses.map(({id}) => id)].some(word => never.includes(word));
}

function factsByName(name: string): Named {
	const suite = suites.find(entry => entry.name === name);
	const facts = suite === undefined ? undefined : suiteFacts(suite.code);
	return facts === undefined ? {name, code: name} : {...facts, weaknesses: weaknessesOf(facts)};
}

/** BoringSSL and AWS-LC have no server order in TLS 1.3. With one suite beside ChaCha20 the order may not be visible. */
function wantedOrder(
	version: VersionName,
	{accepted, preference: found}: VersionSuitesReport,
	{preference, configuredPreference}: SuitesDemand,
): SuitesDemand['preference'] {
	const isHidden = found === 'undecided' && accepted.filter(({name}) => !name.includes('CHACHA20')).length === 1;
	return preference ?? (version === 'TLSv1.3' || isHidden ? undefined : configuredPreference);
}

function faultsOfOrder(version: VersionName, found: Preference, wanted: SuitesDemand['preference']): readonly Fault[] {
	if (
		wanted === undefined ||
		found === 'not-applicable' ||
		found === wanted ||
		(wanted === 'server' && found === 'server-except-chacha20')
	) {
		return [];
	}

	return found === 'undecided'
		? [open(`whose order decides in ${version} is not known`)]
		: [broken(`the ${found === 'client' ? 'client' : 'server'}'s order decides in ${version}, but should be the ${wanted}'s`)];
}

/**
Pairs of neighbours that the configuration has the other way round. Only suites with the same authentication are compared: a server with several
certificates may choose one first. A server that puts ChaCha20 first for clients that do so may have it anywhere.
*/
function faultsOfList(
	version: VersionName,
	{accepted, preference}: VersionSuitesReport,
	{configuredOrder = []}: SuitesDemand,
): readonly Fault[] {
	if (version === 'TLSv1.3' || (preference !== 'server' && preference !== 'server-except-chacha20')) {
		return [];
	}

	const rankOf = (name: string): number => configuredOrder.findIndex(names => names.includes(name));
	const listed = accepted.filter(({name}) => rankOf(name) !== -1 && (preference === 'server' || !name.includes('CHACHA20')));
	return listed.flatMap(({name, authentication}, index) => {
		const before = listed.slice(0, index).findLast(suite => suite.authentication === authentication);
		return before === undefined || rankOf(before.name) <= rankOf(name)
			? []
			: [broken(`${before.name} is preferred to ${name} in ${version}, but has to be behind it`)];
	});
}

/** No suite but those that are accepted now, in any version. Nothing is demanded where some are undecided. */
export function demandFrom(report: CipherSuitesReport): SuitesDemand | undefined {
	const all = versionsIn(report);
	const names = new Set(all.flatMap(([, {accepted}]) => accepted.map(({name}) => name)));
	return names.size === 0 || all.some(([, {undecided}]) => undecided.length > 0) ? undefined : {only: [...names]};
}
