import type {VersionName} from '../../iana/versions.js';
import type {CipherSuitesFinding} from './finding.js';
import type {Preference} from './preference.js';
import {type SuiteFacts, suiteFacts} from './suite-facts.js';
import {rankOf, type Weakness, weaknessesOf} from './weaknesses.js';

/** A suite, as it is reported. */
export type SuiteReport = SuiteFacts & {
	/** The worst first; left out where there is nothing to say. */
	readonly weaknesses?: readonly Weakness[] | undefined;
};

/** What is reported of the suites of one version. */
export type VersionSuitesReport = {
	/** In the server's order of preference where it has one, else strongest first. */
	readonly accepted: readonly SuiteReport[];
	/** Names of those that are neither accepted nor refused. */
	readonly undecided: readonly string[];
	readonly preference: Preference;
	/** How many were made for it. */
	readonly connections: number;
};

/** By the versions that are accepted, oldest first. */
export type CipherSuitesReport = {readonly [Name in VersionName]?: VersionSuitesReport};

export const describeSuites = (findings: CipherSuitesFinding): CipherSuitesReport =>
	Object.fromEntries(
		Object.entries(findings).map(([name, {accepted, undecided, preference, connections}]) => [
			name,
			{accepted: accepted.map(describe), undecided: namesOf(undecided), preference, connections},
		]),
	);

function describe(code: number): SuiteReport {
	const facts = suiteFacts(code);
	const weaknesses = weaknessesOf(facts);
	return weaknesses.length === 0 ? facts : {...facts, weaknesses};
}

/** Two codes may have one name. */
const namesOf = (codes: readonly number[]): string[] => [...new Set(codes.map(code => suiteFacts(code).name))];

/** The versions of a report with what was found in each, oldest first. */
export const versionsIn = (report: CipherSuitesReport): readonly (readonly [VersionName, VersionSuitesReport])[] =>
	Object.entries(report) as [VersionName, VersionSuitesReport][];

/** The weakest of all suites; undefined where none is weak. */
export function weakestOf(report: CipherSuitesReport): SuiteReport | undefined {
	const weak = versionsIn(report).flatMap(([, {accepted}]) => accepted.filter(({weaknesses}) => weaknesses !== undefined));
	const rank = ({weaknesses}: SuiteReport): number => rankOf(weaknesses![0]!.id);
	return weak.toSorted((one, other) => rank(one) - rank(other) || one.bits - other.bits)[0];
}
