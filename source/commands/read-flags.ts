import {type Flags, type FlagValues, UsageError} from './command.js';
import {nearest} from './nearest.js';

/** Flags that every command has. */
export const commonFlags = {
	help: {type: 'boolean', shortFlag: 'h'},
	version: {type: 'boolean', shortFlag: 'V'},
	color: {type: 'boolean'},
} as const satisfies Flags;

/** What a short option is called that a parser would take for a number. */
const numericFlags: ReadonlyMap<string, string> = new Map([
	['-4', '--ipv4'],
	['-6', '--ipv6'],
]);

/** Arguments as meow reads them. */
export const spellOut = (argv: readonly string[]): string[] => {
	const end = argv.indexOf('--');
	return argv.map((argument, index) => (end !== -1 && index > end ? argument : (numericFlags.get(argument) ?? argument)));
};

/**
Check what meow read against what the command knows.

@throws {UsageError} For a flag that does not exist, one without its value, or one given twice that can only have one.
*/
export function checkFlags<Spec extends Flags>(read: Readonly<Record<string, unknown>>, spec: Spec): FlagValues<Spec> {
	const known: Flags = {...spec, ...commonFlags};
	const names = Object.keys(known).map(kebab);
	for (const [name, value] of Object.entries(read)) {
		const flag = Object.hasOwn(known, name) ? known[name] : undefined;
		if (flag === undefined) {
			const suggestion = nearest(kebab(name), names);
			const dashes = name.length === 1 ? '-' : '--';
			throw new UsageError(
				`unknown option ${dashes}${kebab(name)}${suggestion === undefined ? '; see --help' : `; did you mean --${suggestion}?`}`,
			);
		}

		if (flag.type === 'string') {
			checkValue(kebab(name), value, flag.isNegatable ?? false, flag.isMultiple ?? false);
		}
	}

	return read as FlagValues<Spec>;
}

function checkValue(name: string, value: unknown, isNegatable: boolean, isMultiple: boolean): void {
	const values = Array.isArray(value) ? value : [value];
	if (Array.isArray(value) && !isMultiple) {
		throw new UsageError(`--${name} was given ${value.length} times; give it once`);
	}

	for (const item of values) {
		if (item === false && !isNegatable) {
			throw new UsageError(`--no-${name} means nothing; see --help`);
		}

		if (item === '' || item === true) {
			throw new UsageError(`--${name} needs a value; see --help`);
		}
	}
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
