import {readFileSync} from 'node:fs';
import {Readable, Writable} from 'node:stream';
import pLimit from 'p-limit';
import {main, type Surroundings} from '../../source/commands/main.js';
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
		const surroundings = surroundingsOf(options, add, interrupt.signal);
		const [code] = await Promise.all([
			main(argv, surroundings).finally(end),
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
		if (code === 70) {
			throw new Error(texts.stderr);
		}

		checkResults(argv, code, texts.stdout);
		return {code, ...texts};
	});

function surroundingsOf(
	{input = '', environment = {}}: InProcessOptions,
	add: (stream: 'stdout' | 'stderr', text: string) => void,
	signal: AbortSignal,
): Surroundings {
	const streamOf = (name: 'stdout' | 'stderr'): Writable =>
		new Writable({
			decodeStrings: false,
			write(chunk, _encoding, done) {
				add(name, String(chunk));
				done();
			},
		});
	return {
		...plainSurroundings,
		stdout: streamOf('stdout'),
		stderr: streamOf('stderr'),
		stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
		environment: {LANG: 'C.UTF-8', ...environment},
		signal,
	};
}

/** What a test of a command is not about. */
export const plainSurroundings = {
	environment: {LANG: 'C.UTF-8'},
	platform: process.platform,
	atExit: () => () => {},
	// As it is built: one file, where a thread would load a hundred.
	threadEntry: new URL('../../../dist/worker.js', import.meta.url),
	expectMuch() {},
	toolVersion: '0.0.0',
	readLicenses: () => '',
	// As it is built, like the threads.
	readSchema: name => readFileSync(new URL(`../../../dist/schema/${name}.json`, import.meta.url), 'utf8'),
} as const satisfies Partial<Surroundings>;
