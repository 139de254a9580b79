import {listedFew} from '../bytes/listed.js';
import type {VersionName} from '../iana/versions.js';
import type {Line, Problem} from './report-part.js';

/** How many undecided names are shown. */
const mostNamed = 3;

/** What is undecided in the versions of a label, as one line; none if nothing is. */
export const undecidedLines = (label: string, names: readonly string[]): readonly Line[] =>
	names.length === 0 ? [] : [{label, text: `undecided: ${listedFew(names, mostNamed)}`, tone: 'open'}];

/** What is undecided in any version, as one problem; none if nothing is. */
export function undecidedProblems(all: readonly {readonly undecided: readonly string[]}[]): readonly Problem[] {
	const names = [...new Set(all.flatMap(({undecided}) => undecided))];
	return names.length === 0 ? [] : [{severity: 'undecided', message: `neither accepted nor refused: ${listedFew(names, 1)}`}];
}

/** `4 suites undecided`, for a line of a list; empty if nothing is. */
export function undecidedInList(all: readonly {readonly undecided: readonly string[]}[], what: string): readonly string[] {
	const count = new Set(all.flatMap(({undecided}) => undecided)).size;
	return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'} undecided`];
}

/**
Group versions in which the same was found, the newest first: `TLSv1.1, TLSv1.0`.

@param found - What was found in each version, oldest first.
@param said - What is compared of it.
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
