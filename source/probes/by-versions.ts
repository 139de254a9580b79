import {listedFew} from '../bytes/listed.js';
import type {VersionName} from '../iana/versions.js';
import type {Line, Problem} from './report-part.js';

/** So many undecided ones are named. */
const mostNamed = 3;

/** Says of one version, or of several in which the same was found, what could not be settled; nothing where all was. */
export const undecidedLines = (label: string, names: readonly string[]): readonly Line[] =>
	names.length === 0 ? [] : [{label, text: `undecided: ${listedFew(names, mostNamed)}`, tone: 'open'}];

/** What could not be settled in any version, as one problem. */
export function undecidedProblems(all: readonly {readonly undecided: readonly string[]}[]): readonly Problem[] {
	const names = [...new Set(all.flatMap(({undecided}) => undecided))];
	return names.length === 0 ? [] : [{severity: 'undecided', message: `neither accepted nor refused: ${listedFew(names, 1)}`}];
}

/** `4 suites undecided`, for a line of a list; nothing where all was settled. */
export function undecidedInList(all: readonly {readonly undecided: readonly string[]}[], what: string): readonly string[] {
	const count = new Set(all.flatMap(({undecided}) => undecided)).size;
	return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'} undecided`];
}

/**
Versions in which the same was found stand together, the newest first: `TLSv1.1, TLSv1.0`.

@param found - What was found in each version, oldest first.
@param said - What is said of it.
*/
export function byVersions<Found>(
	found: readonly (readonly [version: VersionName, found: Found])[],
	said: (found: Found) => unknown,
): readonly (readonly [label: string, found: Found])[] {
	const groups = new Map<string, {readonly names: string[]; readonly found: Found}>();
	for (const [name, value] of found.toReversed()) {
		const key = JSON.stringify(said(value));
		const group = groups.get(key) ?? {names: [], found: value};
		group.names.push(name);
		groups.set(key, group);
	}

	return [...groups.values()].map(({names, found: value}) => [names.join(', '), value]);
}
