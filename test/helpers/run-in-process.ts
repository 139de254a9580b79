import {Readable, Writable} from 'node:stream';
import pLimit from 'p-limit';
import {safeLines} from '../../source/bytes/safe-text.js';
import {
	type CheckOptions,
	type Context,
	type ExitCode,
	hasColor,
	inputErrorText,
	isCalled,
	isInputError,
	unlessQuiet,
} from '../../source/commands/command.js';
import {runArguments} from '../../source/commands/run-arguments.js';
import {redactLogins} from '../../source/transport/proxy/redact-logins.js';
import {type CliOptions, type CliResult, checkResults} from './run-cli.js';

/** What a test does while a command runs. */
export type Running = {
	/** What standard error says, as soon as it does. What is waited for in vain ends with the command. */
	readonly said: (pattern: RegExp) => Promise<RegExpExecArray>;
	/** The same of standard output. */
	readonly printed: (pattern: RegExp) => Promise<RegExpExecArray>;
	/** Ctrl-C. */
	readonly interrupt: () => void;
};

export type InProcessOptions = Omit<CliOptions, 'cwd'> & {readonly meanwhile?: (running: Running) => Promise<void>};

/** What runs at once shares one thread, and short timeouts would run out while others work. */
const limit = pLimit(6);

/**
Run a command as the command line does, in this process: a tenth of what a process of its own costs. Standard output and error are pipes.

@throws {Error} As `runCli`, and for what would be reported as a bug.
*/
export const runInProcess = (argv: readonly string[], options: InProcessOptions = {}): Promise<CliResult> =>
	limit(async () => {
		const interrupt = new AbortController();
		const texts = {stdout: '', stderr: ''};
		const hearers = new Set<() => void>();
		const ended = new Error('the command has ended');
		let end = (): void => {};
		const ending = new Promise<never>((_resolve, reject) => {
			end = () => reject(ended);
		});
		ending.catch(() => {});
		const add = (stream: keyof typeof texts, text: string): void => {
			texts[stream] += text;
			for (const hear of hearers) {
				hear();
			}
		};

		const complain = (text: string): void => add('stderr', text);
		const heard = (stream: keyof typeof texts, pattern: RegExp): Promise<RegExpExecArray> =>
			Promise.race([
				ending,
				new Promise<RegExpExecArray>(resolve => {
					const hear = (): void => {
						const match = pattern.exec(texts[stream]);
						if (match !== null) {
							hearers.delete(hear);
							resolve(match);
						}
					};

					hearers.add(hear);
					hear();
				}),
			]);
		const makeContext = (manner: CheckOptions): Context =>
			contextOf(manner, options, {print: text => add('stdout', text), complain, signal: interrupt.signal});
		const [code] = await Promise.all([
			runArguments(argv, makeContext)
				.catch((error: unknown) => refused(error, complain))
				.finally(end),
			options
				.meanwhile?.({
					said: pattern => heard('stderr', pattern),
					printed: pattern => heard('stdout', pattern),
					interrupt: () => interrupt.abort(),
				})
				.catch((error: unknown) => {
					if (error !== ended) {
						throw error;
					}
				}),
		]);
		checkResults(argv, code, texts.stdout);
		return {code, ...texts};
	});

type Streams = {
	readonly print: (text: string) => void;
	readonly complain: (text: string) => void;
	readonly signal: AbortSignal;
};

function contextOf(manner: CheckOptions, {input = '', environment = {}}: InProcessOptions, {print, complain, signal}: Streams): Context {
	const stream = new Writable({
		write(chunk, _encoding, done) {
			complain(String(chunk));
			done();
		},
	});
	return {
		async write(text) {
			print(text);
		},
		warn: unlessQuiet(manner, text => complain(safeLines(redactLogins(text)))),
		warnPainted: unlessQuiet(manner, complain),
		errors: {isTerminal: false, stream},
		stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
		isInputTerminal: false,
		look: {hasColor: hasColor(manner, environment.FORCE_COLOR === '1'), hasUnicode: true, columns: 80, isTerminal: false},
		environment,
		signal,
		atExit: () => () => {},
		threadEntry: new URL('../../source/worker.js', import.meta.url),
		expectMuch() {},
		toolVersion: '0.0.0',
	};
}

function refused(error: unknown, complain: (text: string) => void): ExitCode {
	if (isInputError(error) || isCalled('OutputError', error)) {
		complain(safeLines(redactLogins(`tlsprobe: ${isInputError(error) ? inputErrorText(error) : error.message}\n`)));
		return isInputError(error) ? 2 : 74;
	}

	if (isCalled('InterruptedError', error)) {
		return 130;
	}

	throw error;
}
