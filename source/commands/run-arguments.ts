import {nearest} from '../bytes/nearest.js';
import {checkFirstWord} from './check-words.js';
import {type Command, type Context, type ExitCode, type Flags, type OutputFlags, UsageError} from './command.js';
import {commands} from './index.js';
import {checkArguments, checkFlags, commonFlags, parserFlags, readPlain, spellOut} from './read-flags.js';

/** What is no flag, and what flags hold. */
type Words = {readonly input: readonly string[]; readonly flags: Readonly<Record<string, unknown>>};

/** Makes what the command is given; called once, when the flags are read. */
type MakeContext = (options: OutputFlags) => Context;

/**
Run what arguments ask for: a command, its help, or the version.

@param argv - Without the name of the program.
@throws {UsageError | OutputError | InterruptedError}
*/
export async function runArguments(argv: readonly string[], makeContext: MakeContext): Promise<ExitCode> {
	const {default: probe} = await commands.probe!.load();
	const end = argv.indexOf('--');
	const first = await read(end === -1 ? argv : argv.slice(0, end), probe);
	if (first.input[0] === 'help') {
		return help(first.input.slice(1), makeContext);
	}

	const name = commandName(first.input);
	const command = name === undefined ? probe : (await commands[name]!.load()).default;
	checkArguments(spellOut(argv, command.flags), command.flags);
	// To read them takes meow several milliseconds, so it is not done again for the same.
	const {input, flags} = name === undefined && end === -1 ? first : await read(argv, command);
	const values = checkFlags(flags, {...command.flags, ...commonFlags}, argv);
	const context = makeContext(values as OutputFlags);
	if (values.help) {
		const {fitHelp} = await import('../formats/help.js');
		await context.write(fitHelp(name === undefined ? helpOf(probe) : command.help, context.look.columns));
		return 0;
	}

	if (values.version) {
		await context.write(`${context.toolVersion}\n`);
		return 0;
	}

	if (values.licenses) {
		await context.write(context.readLicenses());
		return 0;
	}

	if (name === undefined && first.input.length > 0) {
		checkFirstWord(first.input[0]!, Object.keys(commands));
	}

	return command.run(name === undefined ? input : input.slice(1), values as never, context, commands);
}

async function read(given: readonly string[], {flags}: Pick<Command, 'flags'>): Promise<Words> {
	const argv = spellOut(given, flags);
	return readPlain(argv, flags) ?? readAny(argv, flags);
}

/** @param argv - As `spellOut` has them. */
export async function readAny(argv: readonly string[], flags: Flags): Promise<Words> {
	const {default: meow} = await import('meow');
	return meow('', {
		importMeta: import.meta,
		// Else it looks for a package.json.
		pkg: {name: 'tlsprobe'},
		argv,
		autoHelp: false,
		autoVersion: false,
		booleanDefault: undefined,
		flags: parserFlags(flags, argv) as never,
	});
}

/** The first word that is no flag's, if it is a command's. What stands behind `--` is a host. */
const commandName = ([name]: readonly string[]): string | undefined =>
	name !== undefined && Object.hasOwn(commands, name) ? name : undefined;

/** `tlsprobe help`, `tlsprobe help check`. */
async function help([name, other]: readonly string[], makeContext: MakeContext): Promise<ExitCode> {
	if (other !== undefined) {
		throw new UsageError(`help shows one command at a time; leave out ${JSON.stringify(other)}`);
	}

	if (name !== undefined && name !== 'help' && !Object.hasOwn(commands, name)) {
		const meant = nearest(name, Object.keys(commands));
		throw new UsageError(
			`there is no command ${JSON.stringify(name)}; ${meant === undefined ? 'tlsprobe help lists them' : `did you mean tlsprobe help ${meant}?`}`,
		);
	}

	const isMain = name === undefined || name === 'help';
	const {default: command} = await commands[isMain ? 'probe' : name]!.load();
	const {write, look} = makeContext({});
	const {fitHelp} = await import('../formats/help.js');
	await write(fitHelp(isMain ? helpOf(command) : command.help, look.columns));
	return 0;
}

const helpOf = (probe: Command): string => `${probe.help}\n${commandList()}`;

function commandList(): string {
	const width = Math.max(...Object.keys(commands).map(name => name.length));
	const lines = Object.entries(commands).map(([name, {summary}]) => `  ${name.padEnd(width)}  ${summary}\n`);
	return `Commands, each with its own --help\n${lines.join('')}  ${'help'.padEnd(width)}  show this, or the help of a command\n`;
}
