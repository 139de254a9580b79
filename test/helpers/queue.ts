import {Readable, Writable} from 'node:stream';
import type {ExecutionContext} from 'ava';
import {main} from '../../source/commands/main.js';
import {readResults} from './lists.js';
import {plainSurroundings} from './run-in-process.js';

/** A worker in this process. */
export type TestWorker = {
	readonly said: () => string;
	/** Ctrl-C. @returns Its exit code. */
	readonly end: () => Promise<number>;
};

/** Starts a worker that ends with the test, and waits until it is up. */
export async function startWorker(
	t: Pick<ExecutionContext, 'teardown'>,
	url: string,
	argv: readonly string[] = [],
	{
		environment = {},
		toolVersion = plainSurroundings.toolVersion,
	}: {environment?: Readonly<Record<string, string>>; toolVersion?: string} = {},
): Promise<TestWorker> {
	const interrupt = new AbortController();
	let said = '';
	let isUp = (): void => {};
	const up = new Promise<void>(resolve => {
		isUp = resolve;
	});
	const stream = (): Writable =>
		new Writable({
			decodeStrings: false,
			write(chunk, _encoding, done) {
				said += String(chunk);
				if (/ is up: /.test(said)) {
					isUp();
				}

				done();
			},
		});
	const ended = main(['worker', '--queue', url, ...argv], {
		...plainSurroundings,
		stdout: stream(),
		stderr: stream(),
		stdin: Readable.from([]),
		environment: {LANG: 'C.UTF-8', TLSPROBE_QUEUE_LEASE: '2s', ...environment},
		signal: interrupt.signal,
		toolVersion,
	});
	const end = (): Promise<number> => {
		interrupt.abort();
		return ended;
	};

	t.teardown(end);
	await Promise.race([up, ended]);
	return {said: () => said, end};
}

/** A run in this process. Any number may run at once: they wait for workers. */
export async function startRun(argv: readonly string[], environment: Readonly<Record<string, string>>) {
	const texts = {stdout: '', stderr: ''};
	const stream = (name: keyof typeof texts): Writable =>
		new Writable({
			decodeStrings: false,
			write(chunk, _encoding, done) {
				texts[name] += String(chunk);
				done();
			},
		});
	const code = await main(argv, {
		...plainSurroundings,
		stdout: stream('stdout'),
		stderr: stream('stderr'),
		stdin: Readable.from([]),
		environment: {LANG: 'C.UTF-8', ...environment},
		signal: new AbortController().signal,
	});
	return {code, ...texts};
}

/** What two runs of the same list have in common, by position: results without times and counts of tries, at any depth. */
export const essence = (text: string): string[] =>
	readResults(text)
		.map(report =>
			JSON.stringify(report, (name, value: unknown) => (['startedAt', 'durationMs', 'attempts'].includes(name) ? undefined : value)),
		)
		.toSorted();
