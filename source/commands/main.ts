import type {Buffer} from 'node:buffer';
import {safeLines} from '../bytes/safe-text.js';
import type {TerminalFeatures} from '../formats/paint.js';
import {OutputError} from '../outputs/output-error.js';
import {whyUnwritable} from '../outputs/why-unwritable.js';
import {redactLogins} from '../transport/proxy/redact-logins.js';
import {type Context, type ExitCode, hasColor, inputErrorText, isCalled, isInputError, type OutputFlags, unlessQuiet} from './command.js';
import {runArguments} from './run-arguments.js';

/** What a run of the command line has around it: a process, or a test. Nothing of it is read before it is needed. */
export type Surroundings = {
	readonly stdout: NodeJS.WritableStream & {readonly isTTY?: boolean; readonly columns?: number};
	readonly stderr: NodeJS.WritableStream & {readonly isTTY?: boolean};
	readonly stdin: AsyncIterable<Buffer> & {readonly isTTY?: boolean};
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly platform: NodeJS.Platform;
} & Pick<Context, 'signal' | 'atExit' | 'threadEntry' | 'expectMuch' | 'toolVersion' | 'readLicenses' | 'readSchema'>;

/**
Run the command line.

@param argv - Without the names of the interpreter and of the program.
@returns The exit code. Everything that goes wrong is on standard error by then, our own faults too (70).
*/
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
	const errors = makeErrors(surroundings);
	try {
		return await runArguments(argv, options => makeContext(options, surroundings, errors));
	} catch (error) {
		return reportError(error, errors);
	} finally {
		await errors.flush();
	}
}

/** Standard error. */
export type Errors = {
	/** Text that may hold the words of servers and files, and what the user typed. */
	readonly complain: (text: string) => void;
	/** What formats have drawn. */
	readonly paint: (text: string) => void;
	readonly stream: () => Surroundings['stderr'];
	/** Resolves when everything is out. */
	readonly flush: () => Promise<void>;
};

export function makeErrors(surroundings: Pick<Surroundings, 'stderr'>): Errors {
	let used: Surroundings['stderr'] | undefined;
	// Node.js sets its streams up when they are first touched. What cannot be written there cannot be reported either.
	const stream = (): Surroundings['stderr'] => {
		used ??= surroundings.stderr.on('error', () => {});
		return used;
	};

	return {
		complain: text => void stream().write(safeLines(redactLogins(text))),
		paint: text => void stream().write(text),
		stream,
		flush: () => new Promise(resolve => (used === undefined ? resolve() : void used.write('', () => resolve()))),
	};
}

/** Say what ended a run. @returns The exit code for it. */
export function reportError(error: unknown, {complain}: Pick<Errors, 'complain'>): ExitCode {
	if (isInputError(error)) {
		complain(`tlsprobe: ${inputErrorText(error)}\n`);
		return 2;
	}

	if (isCalled('InterruptedError', error)) {
		return 130;
	}

	if (isCalled('OutputError', error)) {
		// A reader that has gone ends the program quietly, as it does every other filter.
		if ((error.cause as NodeJS.ErrnoException | undefined)?.code === 'EPIPE') {
			return 0;
		}

		complain(`tlsprobe: ${error.message}\n`);
		return 74;
	}

	complain(`tlsprobe: this is a bug, please report it\n${error instanceof Error ? error.stack : String(error)}\n`);
	return 70;
}

function makeContext(options: OutputFlags, surroundings: Surroundings, errors: Errors): Context {
	const {environment, signal, atExit, threadEntry, expectMuch, toolVersion, readLicenses, readSchema} = surroundings;
	return {
		write: text => write(surroundings.stdout, text),
		warn: unlessQuiet(options, errors.complain),
		warnPainted: unlessQuiet(options, errors.paint),
		get errors() {
			const stream = errors.stream();
			return {isTerminal: !options.quiet && (stream.isTTY ?? false), stream};
		},
		get stdin() {
			return surroundings.stdin;
		},
		get isInputTerminal() {
			return surroundings.stdin.isTTY ?? false;
		},
		look: lookOf(options, surroundings),
		environment,
		signal,
		atExit,
		threadEntry,
		expectMuch,
		toolVersion,
		readLicenses,
		readSchema,
	};
}

/** Waits for a slow reader. */
function write(stdout: NodeJS.WritableStream, text: string): Promise<void> {
	return new Promise((resolve, reject) => {
		stdout.write(text, error => {
			if (error) {
				reject(new OutputError(`cannot write the result: ${whyUnwritable(error)}`, {cause: error}));
			} else {
				resolve();
			}
		});
	});
}

function lookOf(options: OutputFlags, {stdout, environment, platform}: Surroundings): TerminalFeatures {
	const isTerminal = stdout.isTTY ?? false;
	const isWanted =
		forcedColor(environment.FORCE_COLOR) ?? (isTerminal && (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb');
	const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
	return {
		hasColor: hasColor(options, isWanted),
		hasUnicode: /utf-?8/i.test(locale) || (platform === 'win32' && (environment.WT_SESSION ?? environment.TERM_PROGRAM) !== undefined),
		columns: stdout.columns || Number(environment.COLUMNS) || 80,
		isTerminal,
	};
}

/** As Node.js and chalk have it. What is neither a level nor a truth value says nothing. */
function forcedColor(value: string | undefined): boolean | undefined {
	switch (value) {
		case '0':
		case 'false':
			return false;
		case '':
		case '1':
		case '2':
		case '3':
		case 'true':
			return true;
		default:
			return undefined;
	}
}
