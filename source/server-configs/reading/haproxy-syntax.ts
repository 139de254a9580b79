import path from 'node:path';
import {ConfigurationError} from './configuration-error.js';
import {type Budget, type ConfigurationFiles, deepest, longestText, makeBudget} from './files.js';
import {type ConditionAnswers, evaluateCondition} from './haproxy-condition.js';
import {makeVariables, marking, unknownMark, type Variables} from './haproxy-variables.js';

export type HaproxyLine = {
	/** The kind of section that it stands in, such as `frontend`. */
	readonly section: string;
	/** Which section it is, from the first on. */
	readonly sectionNumber: number;
	readonly words: readonly string[];
	/** As many, for a person: as written, with the names of variables, which may hold secrets. */
	readonly written: readonly string[];
	/** `file:line`. */
	readonly place: string;
};

const sections =
	/^(?:global|defaults|frontend|backend|listen|userlist|peers|mailers|resolvers|cache|program|ring|log-forward|http-errors|fcgi-app|crt-store|traces|acme|log-profile|healthcheck|namespace_list)$/;

/** A level of `.if`: whether its block is read, and whether one of its blocks was. */
type Level = {isOn: boolean; wasOn: boolean; hasElse: boolean; readonly place: string};

/**
The lines of a configuration, those of conditions that do not hold left out.

@param conditions - What says of conditions that the files do not decide.
@throws {ConfigurationError} For what HAProxy would not start with.
*/
export function readHaproxyLines(file: string, files: ConfigurationFiles, conditions: ConditionAnswers): HaproxyLine[] {
	const variables = makeVariables(files.environment);
	const lines: HaproxyLine[] = [];
	const budget = makeBudget();
	let section = '';
	let sectionNumber = 0;
	for (const [name, text] of filesOf(file, files)) {
		budget.spend(text, name);
		const levels: Level[] = [];
		for (const [index, line] of text.split(/\r?\n/).entries()) {
			const place = `${name}:${index + 1}`;
			if (/^\s*\./.test(line)) {
				followCondition(line.trim(), levels, {place, variables, conditions, budget});
				continue;
			}

			const words = levels.every(({isOn}) => isOn) ? wordsOf(line, variables, {budget, place}) : [];
			if (words.length === 0) {
				continue;
			}

			const written = wordsOf(line, variables, {budget, place, show: text => variables.shown(expand(text, marking(variables)))});
			if (sections.test(words[0]!)) {
				section = words[0]!;
				sectionNumber += 1;
			}

			if (section === 'global') {
				variables.change(words);
			}

			lines.push({section, sectionNumber, words, written, place});
		}

		if (levels.length > 0) {
			throw new ConfigurationError(`${levels.at(-1)!.place}: .if without .endif`);
		}
	}

	return lines;
}

type Surroundings = {readonly place: string; readonly variables: Variables; readonly conditions: ConditionAnswers; readonly budget: Budget};

/** https://docs.haproxy.org/2.6/configuration.html#2.4 */
function followCondition(line: string, levels: Level[], {place, variables, conditions, budget}: Surroundings): void {
	const [, word, rest] = /^(\S+)\s*(.*)$/.exec(line)!;
	const level = levels.at(-1);
	const isOutside = (): boolean => levels.slice(0, -1).every(({isOn}) => isOn);
	const isTrue = (): boolean => {
		try {
			return evaluateCondition(wordsOf(rest!, marking(variables), {budget, place}).join(' '), variables, conditions);
		} catch (error) {
			throw error instanceof ConfigurationError
				? new ConfigurationError(`${place}: ${error.message}: ${word} ${rest!.slice(0, 100)}`)
				: error;
		}
	};
	if (word === '.if') {
		if (levels.length === deepest) {
			throw new ConfigurationError(`${place}: .if more than ${deepest} deep`);
		}

		const isOn = levels.every(outer => outer.isOn) && isTrue();
		levels.push({isOn, wasOn: isOn, hasElse: false, place});
		return;
	}

	if (word === '.alert') {
		if (levels.every(({isOn}) => isOn)) {
			throw new ConfigurationError(`${place}: HAProxy would not start: .alert ${rest}`);
		}

		return;
	}

	if (word !== '.elif' && word !== '.else' && word !== '.endif') {
		return;
	}

	if (level === undefined || (level.hasElse && word !== '.endif')) {
		throw new ConfigurationError(`${place}: ${word} without .if`);
	}

	if (word === '.endif') {
		levels.pop();
	} else {
		level.isOn = !level.wasOn && isOutside() && (word === '.else' || isTrue());
		level.wasOn ||= level.isOn;
		level.hasElse = word === '.else';
	}
}

/** A folder stands for the `.cfg` files in it, in their order. */
function filesOf(file: string, files: ConfigurationFiles): [file: string, text: string][] {
	const text = files.read(file);
	if (text !== undefined) {
		return [[file, text]];
	}

	const names = files.list(file)?.filter(name => name.endsWith('.cfg'));
	if (names === undefined) {
		throw new ConfigurationError(`there is no file ${file}`);
	}

	return names.map(name => [path.join(file, name), files.read(path.join(file, name)) ?? '']);
}

type Words = Pick<Surroundings, 'budget' | 'place'> & {
	/** Gives what becomes of text between double quotes instead. There are as many words as without. */
	readonly show?: (text: string) => string;
};

/** The words of a line. Variables stand for what they hold between double quotes alone. */
function wordsOf(line: string, variables: Pick<Variables, 'get'>, {budget, place, show}: Words): string[] {
	const pattern = /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)|(#.*$)|(\s+)|([^\s"'\\#]+)/gs;
	const words: string[] = [];
	let word: string | undefined;
	for (const [, double, single, escaped, comment, space, plain] of line.matchAll(pattern)) {
		if (comment !== undefined || space !== undefined) {
			words.push(...(word === undefined ? [] : [word]));
			word = undefined;
		} else if (double !== undefined) {
			const expanded = expand(double, variables);
			budget.grow(expanded === double ? 0 : expanded.length, place);
			// `[*]` makes a word of each.
			const pieces = double.includes('[*]}') ? expanded.split(/\s+/) : [expanded];
			const [first = '', ...others] = show === undefined ? pieces : pieces.map(() => show(double));
			const whole: string = (word ?? '') + first;
			words.push(...[whole, ...others].slice(0, -1));
			word = others.length === 0 ? whole : others.at(-1);
		} else {
			word = (word ?? '') + (single ?? (escaped === undefined ? plain : unescaped(escaped, /[ #\\"']/)) ?? '');
		}
	}

	return word === undefined ? words : [...words, word];
}

const controls: Readonly<Record<string, string>> = {n: '\n', r: '\r', t: '\t'};

/** What a backslash and a character stand for. Where they are no escape sequence, the backslash stays. */
const unescaped = (character: string, plain: RegExp): string =>
	plain.test(character) ? character : (controls[character] ?? `\\${character}`);

/** @returns Of a text that becomes longer than any, a part that is too long as well. */
function expand(text: string, variables: Pick<Variables, 'get'>): string {
	// Behind the last closing brace none is looked for.
	const end = text.lastIndexOf('}') + 1;
	const start = expandBy(withBraces, text.slice(0, end), variables);
	return start.length > longestText ? start : start + expandBy(withoutBraces, text.slice(end), variables);
}

const withBraces = /\\(.)|\$\{(\.?\w+)(?:\[\*\])?(?:-([^}]*))?\}|\$(\.?\w+)/gs;
const withoutBraces = /\\(.)|(?!)()()|\$(\.?\w+)/gs;

function expandBy(pattern: RegExp, text: string, variables: Pick<Variables, 'get'>): string {
	const parts: string[] = [];
	let length = 0;
	let rest = 0;
	for (const {0: match, 1: escaped, 2: braced, 3: otherwise, 4: bare, index} of text.matchAll(pattern)) {
		const name = braced ?? bare;
		const value = name === undefined ? undefined : variables.get(name);
		const put =
			name === undefined
				? unescaped(escaped!, /[ #\\"$]/)
				: (value ?? otherwise ?? (value === null ? `${unknownMark}${name}${unknownMark}` : ''));
		parts.push(text.slice(rest, index), put);
		length += index - rest + put.length;
		rest = index + match.length;
		if (length > longestText) {
			return parts.join('');
		}
	}

	return rest === 0 ? text : [...parts, text.slice(rest)].join('');
}
