import {nearest} from '../bytes/nearest.js';
import {type Flag, type Flags, type FlagValues, UsageError} from './command.js';
import {hintFor} from './foreign-options.js';

/** Flags that every command has. */
export const commonFlags = {
	help: {type: 'boolean', shortFlag: 'h'},
	version: {type: 'boolean', shortFlag: 'V'},
	licenses: {type: 'boolean'},
	color: {type: 'boolean'},
	colour: {type: 'boolean'},
} as const satisfies Flags;

/**
Arguments as meow reads them: short options by their long names, with their values. It takes what is attached to a letter for more letters, and a
dash alone for another word, unless it is attached to its flag. A flag that may stand alone is given the value that it has then.
*/
export function spellOut(given: readonly string[], spec: Flags): string[] {
	const limit = given.indexOf('--') === -1 ? given.length : given.indexOf('--');
	const argv = [...given.slice(0, limit).flatMap(argument => spellOutShort(argument, spec) ?? [argument]), ...given.slice(limit)];
	const end = argv.length - (given.length - limit);
	const takesDash = (index: number): boolean =>
		index < end - 1 && argv[index + 1] === '-' && /^--[^=]+$/.test(argv[index]!) && spec[camel(argv[index]!.slice(2))]?.type === 'string';
	const spellAlone = (argument: string, index: number): string => {
		const flag = /^--[^=]+$/.test(argument) ? spec[camel(argument.slice(2))] : undefined;
		const next = argv[index + 1];
		const isAlone = index + 1 === end || isMissing(next, false) || (flag?.type === 'string' && flag.takes?.(next!) === false);
		return flag?.type === 'string' && flag.alone !== undefined && isAlone ? `${argument}=${flag.alone}` : argument;
	};
	return argv.flatMap((argument, index) => {
		if (index >= end) {
			return [argument];
		}

		if (index > 0 && takesDash(index - 1)) {
			return [];
		}

		return takesDash(index) ? [`${argument}=-`] : [spellAlone(argument, index)];
	});
}

/** `-q`, `-46`, `-oFILE`, `-qo=FILE`. @returns Undefined for what is none, or has a letter that is none. */
function spellOutShort(argument: string, spec: Flags): readonly string[] | undefined {
	const letters = /^-([^-].*)$/s.exec(argument)?.[1] ?? '';
	const known = new Map<string | undefined, readonly [name: string, flag: Flag]>(
		Object.entries<Flag>({...spec, ...commonFlags}).map(([name, flag]) => [numericNames.get(name) ?? flag.shortFlag, [name, flag]]),
	);
	const options: string[] = [];
	for (let index = 0; index < letters.length; index += 1) {
		const [name, flag] = known.get(letters[index]) ?? [];
		if (name === undefined || flag === undefined) {
			return undefined;
		}

		if (flag.type === 'string') {
			const value = letters.slice(index + 1);
			return [...options, value === '' ? `--${kebab(name)}` : `--${kebab(name)}=${value.replace(/^=/, '')}`];
		}

		options.push(`--${kebab(name)}`);
	}

	return options.length === 0 ? undefined : options;
}

/** Short options that a parser would take for numbers. */
const numericNames: ReadonlyMap<string, string> = new Map([
	['ipv4', '4'],
	['ipv6', '6'],
]);

/**
What meow is told of the flags: of those that are given alone, as it takes a quarter of a millisecond for each. It is to take any number of
values: how many there may be is said in our words.

@param argv - As `spellOut` has them.
*/
export function parserFlags(spec: Flags, argv: readonly string[]): Flags {
	const known: Flags = {...spec, ...commonFlags};
	const given = new Set(argv.map(argument => camel(/^--(?:no-)?([^=.]+)/.exec(argument)?.[1] ?? '')));
	return Object.fromEntries(
		Object.entries(known)
			.filter(([name]) => given.has(name))
			.map(([name, flag]) => [name, flag.type === 'string' ? {...flag, isMultiple: true} : flag]),
	);
}

/**
Read words, and flags that hold no value, as meow does. It needs several milliseconds for them, and most command lines have nothing else.

@param argv - As `spellOut` has them.
@returns Undefined for all other command lines.
*/
export function readPlain(
	argv: readonly string[],
	spec: Flags,
): {readonly input: string[]; readonly flags: Record<string, true>} | undefined {
	const known: Flags = {...spec, ...commonFlags};
	const input: string[] = [];
	const flags: Record<string, true> = {};
	for (const argument of argv) {
		const name = /^--(?!no-)([a-z]+(?:-[a-z]+)*)$/.exec(argument)?.[1];
		const key = name === undefined ? undefined : camel(name);
		if (/^[^-'"]/.test(argument) && !/^(?:true|false)$/.test(argument)) {
			input.push(argument);
		} else if (key !== undefined && Object.hasOwn(known, key) && known[key]!.type === 'boolean' && !Object.hasOwn(flags, key)) {
			flags[key] = true;
		} else {
			return undefined;
		}
	}

	return {input, flags};
}

/**
Check how arguments are written, which cannot be told any more once meow has read them.

@param argv - As `spellOut` has them.
@throws {UsageError} For a flag without its value, one with a value that takes none, one given twice that can only have one, and for what was to
be a flag.
*/
export function checkArguments(argv: readonly string[], spec: Flags): void {
	const known: Flags = {...spec, ...commonFlags};
	const end = argv.indexOf('--');
	const seen = new Set<string>();
	let isValue = false;
	for (const [index, argument] of argv.slice(0, end === -1 ? undefined : end).entries()) {
		const {no, name, value} = /^--(?<no>no-)?(?<name>[^=]+)(?:=(?<value>.*))?$/s.exec(argument)?.groups ?? {};
		const flag = name === undefined ? undefined : known[camel(name)];
		if (!isValue) {
			checkSpelling(argument, known);
		}

		if (isValue || name === undefined || flag === undefined || !Object.hasOwn(known, camel(name))) {
			isValue = false;
			continue;
		}

		if (flag.type === 'boolean') {
			if (value !== undefined) {
				throw new UsageError(`--${name} takes no value; see --help`);
			}

			continue;
		}

		if (no !== undefined) {
			if (!flag.isNegatable) {
				throw new UsageError(`--no-${name} is not supported; see --help`);
			}
		} else if (isMissing(value ?? argv[index + 1], value !== undefined)) {
			if (flag.alone === undefined || value !== undefined) {
				throw new UsageError(`--${name} needs a value; see --help`);
			}
		} else {
			isValue = value === undefined;
		}

		if (seen.has(camel(name)) && !flag.isMultiple) {
			throw new UsageError(`--${name} is given more than once; use it once`);
		}

		seen.add(camel(name));
	}
}

/** Word processors make other dashes of hyphens, which no name of a host begins with. */
const otherDashes = /^-?[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]-?/;

/** @throws {UsageError} For what a parser would take for a host, or for a flag of that name without its value. */
function checkSpelling(argument: string, known: Flags): void {
	if (otherDashes.test(argument)) {
		const rest = argument.replace(otherDashes, '');
		const meant = `${rest.length === 1 ? '-' : '--'}${rest}`;
		throw new UsageError(`${argument} starts with a dash that is not a hyphen; write ${meant}`);
	}

	if (/^-\d/.test(argument)) {
		throw new UsageError(`unknown option ${argument}; see --help`);
	}

	const name = /^--(?:no-)?([^=]+)/.exec(argument)?.[1];
	if (name !== undefined && !Object.hasOwn(known, camel(name)) && Object.hasOwn(known, camel(name.toLowerCase()))) {
		throw new UsageError(`unknown option --${name}; did you mean --${name.toLowerCase()}?`);
	}
}

/** A value that stands by itself cannot begin with a dash: it is the next flag. A dash alone is standard input. */
const isMissing = (value: string | undefined, isAttached: boolean): boolean =>
	value === undefined || value === '' || (!isAttached && value.startsWith('-') && value !== '-');

/**
Check what meow read against what the command knows.

@param argv - What it was read from.
@throws {UsageError} For a flag that does not exist.
*/
export function checkFlags<Spec extends Flags>(
	read: Readonly<Record<string, unknown>>,
	spec: Spec,
	argv: readonly string[] = [],
): FlagValues<Spec> {
	const known: Flags = {...spec, ...commonFlags};
	const names = Object.keys(known).map(kebab);
	const absent = Object.entries(known).flatMap(([name, flag]) =>
		flag.type === 'string' ? [[name, flag.isMultiple ? [] : undefined] as const] : [],
	);
	return Object.fromEntries([
		...absent,
		...Object.entries(read).map(([name, value]) => {
			const flag = Object.hasOwn(known, name) ? known[name] : undefined;
			if (flag === undefined) {
				throw new UsageError(unknownOption(writtenAs(name, argv), names));
			}

			// What the parser makes of `--flag.part`.
			if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
				throw new UsageError(`unknown option --${kebab(name)}.${Object.keys(value)[0]}; see --help`);
			}

			return [name, flag.type === 'string' && !flag.isMultiple ? (value as readonly unknown[])[0] : value] as const;
		}),
	]) as FlagValues<Spec>;
}

/** The option as it was written, of which a parser may have made several letters: `-connect`. */
function writtenAs(name: string, argv: readonly string[]): string {
	const short = argv.find(argument => new RegExp(`^-[^-=]*${name.length === 1 ? `[${name}]` : name}`).test(argument));
	return name.length === 1 ? (short?.split('=')[0] ?? `-${name}`) : (short?.split('=')[0] ?? `--${kebab(name)}`);
}

function unknownOption(option: string, names: readonly string[]): string {
	const name = option.replace(/^-+/, '');
	const isKnown = (flag: string): boolean => names.includes(flag);
	const hint = hintFor(name, isKnown);
	if (hint !== undefined) {
		return `unknown option ${option}; ${hint}`;
	}

	const suggestion = nearest(name, names);
	return `unknown option ${option}${suggestion === undefined ? '; see --help' : `; did you mean --${suggestion}?`}`;
}

/**
Check that nothing was given that means nothing here.

@param allowed - Flags that mean something.
@param why - Said of one that does not: `goes with --config FILE`.
@throws {UsageError}
*/
export function allowOnly(values: Readonly<Record<string, unknown>>, allowed: readonly string[], why: string): void {
	const isGiven = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);
	const other = Object.entries(values).find(
		([name, value]) => isGiven(value) && !allowed.includes(name) && name !== 'quiet' && !Object.hasOwn(commonFlags, name),
	);
	if (other !== undefined) {
		throw new UsageError(`${optionOf(other[0])} ${why}`);
	}
}

/** A flag as it is written. */
export const optionOf = (name: string): string => (name === 'ipv4' ? '-4' : name === 'ipv6' ? '-6' : `--${kebab(name)}`);

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

const camel = (name: string): string => name.replaceAll(/-+([a-z])/g, (_match, letter: string) => letter.toUpperCase());
