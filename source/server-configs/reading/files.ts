import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {decodeText} from '../../bytes/decode-text.js';
import {ConfigurationError} from './configuration-error.js';

/** The files that a configuration may be spread over. Paths are absolute, or from where the user is. */
export type ConfigurationFiles = {
	/** Undefined where there is no such file. */
	readonly read: (file: string) => string | undefined;
	/** The names in a folder, sorted; undefined where there is no such folder. */
	readonly list: (folder: string) => readonly string[] | undefined;
	readonly environment: Readonly<Record<string, string | undefined>>;
};

export const systemFiles = (environment: ConfigurationFiles['environment']): ConfigurationFiles => ({
	read: file => attempt(() => (statSync(file).isFile() ? decodeText(readFileSync(file)) : undefined)),
	list: folder => attempt(() => readdirSync(folder).toSorted()),
	environment,
});

/** What cannot be read is not there: who needs it says so. */
function attempt<Value>(read: () => Value): Value | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}

const isPattern = (text: string): boolean => /[*?[]/.test(text);

/** Files and folders by a pattern of `*`, `?` and `[...]`, as the shell sorts them. A path without a pattern is itself, whether it is there or not. */
export function expandGlob(pattern: string, files: ConfigurationFiles): readonly string[] {
	if (!isPattern(pattern)) {
		return [pattern];
	}

	if (pattern.length > longestPath) {
		return [];
	}

	const {root} = path.parse(pattern);
	let found: readonly string[] = [root || '.'];
	for (const segment of pattern.slice(root.length).split(/[\\/]/).filter(Boolean)) {
		const next = found.flatMap(folder =>
			isPattern(segment)
				? (files.list(folder) ?? []).filter(name => matches(name, segment)).map(name => path.join(folder, name))
				: [path.join(folder, segment)],
		);
		// `*/..` would make many of one.
		found = [...new Set(next)];
	}

	return found;
}

/** No system has longer ones. */
const longestPath = 4096;

/** One place of a pattern: `*`, or what says of a character whether it may stand there. */
type Place = '*' | ((character: string) => boolean);

/** A name that starts with a dot is met by a pattern that does alone. Goes back to the last `*` only, so that it takes no longer than name times pattern. */
function matches(name: string, pattern: string): boolean {
	const places = placesOf(pattern);
	let at = 0;
	let place = 0;
	let star: {place: number; at: number} | undefined;
	while (at < name.length) {
		const here = places[place];
		if (here === '*') {
			star = {place, at};
			place += 1;
		} else if (here?.(name[at]!)) {
			at += 1;
			place += 1;
		} else if (star === undefined) {
			return false;
		} else {
			star.at += 1;
			at = star.at;
			place = star.place + 1;
		}
	}

	return places.slice(place).every(rest => rest === '*') && (!name.startsWith('.') || pattern.startsWith('.'));
}

function placesOf(pattern: string): Place[] {
	const places: Place[] = [];
	for (let at = 0; at < pattern.length; at++) {
		const character = pattern[at]!;
		// A bracket right behind the first is one of the characters.
		const end = character === '[' ? pattern.indexOf(']', at + (/^\[[!^]/.test(pattern.slice(at, at + 2)) ? 3 : 2)) : -1;
		if (character === '*') {
			places.push('*');
		} else if (character === '?') {
			places.push(() => true);
		} else if (end === -1) {
			places.push(other => other === character);
		} else {
			places.push(oneOf(pattern.slice(at + 1, end)));
			at = end;
		}
	}

	return places;
}

/** @param text - What stands between brackets: characters and ranges of them, with `!` before it none of these. */
function oneOf(text: string): (character: string) => boolean {
	const isNot = /^[!^]/.test(text);
	const ranges: [first: string, last: string][] = [];
	for (let at = isNot ? 1 : 0; at < text.length; at++) {
		const isRange = text[at + 1] === '-' && at + 2 < text.length;
		ranges.push([text[at]!, text[isRange ? at + 2 : at]!]);
		at += isRange ? 2 : 0;
	}

	return character => ranges.some(([first, last]) => character >= first && character <= last) !== isNot;
}

/** What a configuration may have of files that it includes, each counted as often as it is: more is one that includes itself, or an attack. */
const [mostFiles, mostCharacters] = [10_000, 32 * 1024 * 1024];

/** No line is longer; one that is made of variables that hold variables could be of any length. */
export const longestText = 65_536;

/** How often something may stand in something else: blocks, sections, parentheses, files. */
export const deepest = 100;

/** Counts what is read of a configuration. */
export type Budget = {
	/** @throws {ConfigurationError} Where there is too much of it, named by what asked for the file. */
	readonly spend: (text: string, place: string) => void;
	/** @throws {ConfigurationError} Where what variables stand for becomes too much. */
	readonly grow: (characters: number, place: string) => void;
};

export function makeBudget(): Budget {
	let files = 0;
	let characters = 0;
	return {
		spend(text, place) {
			files += 1;
			characters += text.length;
			if (files > mostFiles || characters > mostCharacters) {
				const what = files > mostFiles ? `${mostFiles} files` : `${mostCharacters / 1024 / 1024} MiB`;
				throw new ConfigurationError(`${place}: more than ${what} are included, each counted every time`);
			}
		},
		grow(more, place) {
			characters += more;
			if (more > longestText || characters > mostCharacters) {
				throw new ConfigurationError(`${place}: too long with its variables expanded`);
			}
		},
	};
}
