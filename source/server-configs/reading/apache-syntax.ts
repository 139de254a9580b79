import path from 'node:path';
import type {Decide} from './alternatives.js';
import {type ApacheLine, logicalLines, splitWords, takeWord} from './apache-lines.js';
import {makeMacros} from './apache-macros.js';
import {isVersion} from './apache-version.js';
import {byName} from './by-name.js';
import {ConfigurationError} from './configuration-error.js';
import {expandBraces} from './expand-braces.js';
import {type ConfigurationFiles, deepest, expandGlob, longestText, makeBudget} from './files.js';
import {filesBelow} from './files-below.js';
import type {AskVersion} from './product-version.js';

export type ApacheDirective = {
	/** Lower case: Apache does not tell them apart. */
	readonly name: string;
	readonly args: readonly string[];
	/** The same for a person: with the names of variables of the environment, which may hold secrets. */
	readonly written: readonly string[];
	/** `file:line`. */
	readonly place: string;
	/** Of a section, such as a virtual host. */
	readonly block?: readonly ApacheDirective[] | undefined;
};

export const lastOf = (block: readonly ApacheDirective[], name: string): ApacheDirective | undefined => byName(block).get(name)?.at(-1);

/** Those that are compiled in and named in conditions all the same. */
const builtIn: readonly string[] = [
	'core.c',
	'http_core.c',
	'mod_so.c',
	'mod_unixd.c',
	'mod_log_config.c',
	'mod_logio.c',
	'mod_version.c',
	'mod_watchdog.c',
];

const deepestInclude = 32;

/** Says of conditions that the files do not decide: whether a name is defined by `-D`, and what version of httpd runs. */
type Reading = {readonly notes: string[]; readonly decide: Decide; readonly version: AskVersion};

/**
The directives of a configuration, what it includes in its place, and of its conditions what holds.

@throws {ConfigurationError} For a section that is not closed, a file that is not there, or more than can be read.
*/
export function readApacheFile(file: string, files: ConfigurationFiles, {notes, decide, version}: Reading): readonly ApacheDirective[] {
	const modules = new Set(builtIn);
	const defined = new Map<string, {readonly value: string; readonly shown: string}>();
	/** Of these it is known that they are not. */
	const undefinedNames = new Set<string>();
	/** Whether modules are loaded at all. */
	let isWhole = false;
	let root = path.dirname(file);
	const budget = makeBudget();

	const expand = (text: string): string => expandBraces(text, longestText, name => defined.get(name)?.value ?? files.environment[name]);
	const show = (text: string): string => expandBraces(text, longestText, name => defined.get(name)?.shown);

	const isTrue = (section: string, args: readonly string[], written: readonly string[], place: string): boolean => {
		const [condition = ''] = args;
		const isNot = condition.startsWith('!');
		const name = condition.replace('!', '');
		switch (section) {
			case 'ifmodule':
				if (!isWhole && !modules.has(name)) {
					notes.push(
						`${place}: no module is loaded before, so this is read as a part of a configuration that loads ${written[0]!.replace('!', '')}`,
					);
					modules.add(name);
				}

				return modules.has(name) !== isNot;
			case 'ifdefine':
				return (defined.has(name) || (!undefinedNames.has(name) && decide(`-D ${written[0]!.replace('!', '')}`))) !== isNot;
			case 'ifversion':
				return isVersion(args, `<IfVersion ${written.join(' ')}>`, {decide, version});
			case 'iffile': {
				const wanted = path.resolve(root, name);
				return (files.read(wanted) !== undefined || files.list(wanted) !== undefined) !== isNot;
			}
			default:
				return true;
		}
	};

	const macros = makeMacros();
	const readLines = (name: string, depth: number, askedAt = name): readonly ApacheDirective[] => {
		const text = files.read(name);
		if (text === undefined) {
			throw new ConfigurationError(`there is no file ${name}`);
		}

		budget.spend(text, askedAt);
		return readAll(logicalLines(name, text), name, depth);
	};

	const readAll = (lines: readonly ApacheLine[], name: string, depth: number): readonly ApacheDirective[] => {
		let next = 0;
		const readBlock = (closing: string | undefined, isRead: boolean, level: number): ApacheDirective[] => {
			const directives: ApacheDirective[] = [];
			while (next < lines.length) {
				const {text, place} = lines[next]!;
				next += 1;
				const {word, rest} = takeWord(text);
				if (word === '') {
					throw new ConfigurationError(`${place}: a quote that is not closed`);
				}

				const lower = word.toLowerCase();
				if (lower.startsWith('</')) {
					if (lower !== `${closing}>`) {
						throw new ConfigurationError(`${place}: unexpected ${word}`);
					}

					return directives;
				}

				const {args, written} = isRead ? wordsOf(rest, place) : {args: [], written: []};
				if (lower.startsWith('<')) {
					if (level === deepest) {
						throw new ConfigurationError(`${place}: sections more than ${deepest} deep`);
					}

					const section = lower.slice(1);
					if (section === 'macro') {
						next = isRead ? macros.define(args, lines, next, place) : macros.skip(lines, next, place);
						continue;
					}

					const isCondition = /^if(?:module|define|file|version)$/.test(section);
					if (isRead && isCondition && args.length === 0) {
						throw new ConfigurationError(`${place}: ${word}> needs a condition`);
					}

					const isInner = isRead && (!isCondition || isTrue(section, args, written, place));
					const block = readBlock(`</${section}`, isInner, level + 1);
					if (isInner) {
						add(directives, isCondition ? block : [{name: section, args, written, place, block}]);
					}
				} else if (isRead) {
					add(directives, take({name: lower, args, written, place}, depth));
				}
			}

			if (closing !== undefined) {
				throw new ConfigurationError(`${name}: ${closing}> is missing`);
			}

			return directives;
		};

		return readBlock(undefined, true, 0);
	};

	/** Variables are put in first, and may hold several words. For a person, words stand as they are written where their number differs. */
	const wordsOf = (rest: string, place: string): Pick<ApacheDirective, 'args' | 'written'> => {
		const expanded = expand(rest);
		if (expanded === rest) {
			const words = splitWords(rest);
			return {args: words, written: words};
		}

		budget.grow(expanded.length, place);
		const [args, written] = [splitWords(expanded), splitWords(show(rest))];
		return {args, written: written.length === args.length ? written : splitWords(rest)};
	};

	const take = (directive: ApacheDirective, depth: number): readonly ApacheDirective[] => {
		const {name, args, written, place} = directive;
		switch (name) {
			case 'include':
			case 'includeoptional':
				return include(directive, depth);
			case 'loadmodule':
				isWhole = true;
				modules.add(args[0] ?? '').add(`${path.basename(args[1] ?? '', '.so')}.c`);
				return [];
			case 'define':
				defined.set(args[0] ?? '', {value: args[1] ?? '', shown: written[1] ?? ''});
				undefinedNames.delete(args[0] ?? '');
				return [];
			case 'undefine':
				defined.delete(args[0] ?? '');
				undefinedNames.add(args[0] ?? '');
				return [];
			case 'use':
				return use(directive, depth);
			case 'undefmacro':
				macros.remove(args[0] ?? '');
				return [];
			case 'nssengine':
			case 'gnutlsenable':
				if (args[0]?.toLowerCase() === 'on') {
					const [said, module] = name === 'nssengine' ? ['NSSEngine', 'mod_nss'] : ['GnuTLSEnable', 'mod_gnutls'];
					notes.push(`${place}: ${said} on: the settings of ${module} are not read; probe its port instead`);
				}

				return [];
			case 'serverroot':
				root = args[0] ?? root;
				return [];
			default:
				return [directive];
		}
	};

	const use = ({args, written, place}: ApacheDirective, depth: number): readonly ApacheDirective[] => {
		if (depth >= deepestInclude) {
			throw new ConfigurationError(`${place}: ${written[0]} uses itself`);
		}

		const lines = macros.expand(args, place);
		if (lines === undefined) {
			notes.push(`${place}: Use ${written[0]} is left out: no macro of this name is defined before it`);
		}

		return lines === undefined ? [] : readAll(lines, `the macro ${written[0]}`, depth + 1);
	};

	const include = (
		{name, args: [pattern = ''], written: [shown = ''], place}: ApacheDirective,
		depth: number,
	): readonly ApacheDirective[] => {
		const found = expandGlob(path.resolve(root, pattern), files).flatMap(below =>
			filesBelow(below, files, place).filter(name => files.read(name) !== undefined),
		);
		if (depth >= deepestInclude || (found.length === 0 && name === 'include')) {
			throw new ConfigurationError(`${place}: ${found.length === 0 ? `there is no file ${shown}` : `${shown} includes itself`}`);
		}

		return found.flatMap(file => readLines(file, depth + 1, place));
	};

	return readLines(file, 0);
}

/** Not by a call with all of them as arguments, of which there may be no more than some thousands. */
function add(directives: ApacheDirective[], more: readonly ApacheDirective[]): void {
	for (const directive of more) {
		directives.push(directive);
	}
}
