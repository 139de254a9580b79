import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import type {ExecutionContext} from 'ava';
import {cliPath} from './run-cli.js';

/** The command as a process that runs on while the test does other things. */
export type Running = {
	readonly child: ChildProcess;
	readonly stdout: () => string;
	readonly stderr: () => string;
	/** Resolves when standard error matches. */
	readonly said: (pattern: RegExp) => Promise<void>;
	/** Its exit code; null where a signal has ended it. */
	readonly ended: Promise<number | null>;
	/** Reads nothing of standard output until it is called again. */
	readonly pause: () => void;
	readonly resume: () => void;
};

/** A worker or producer that is silent for this time counts as gone. */
export const lease = {TLSPROBE_QUEUE_LEASE: '1500ms'};

export function startCli(
	t: Pick<ExecutionContext, 'teardown'>,
	argv: readonly string[],
	environment: Readonly<Record<string, string>> = {},
): Running {
	const child = spawn(process.execPath, [cliPath, ...argv], {
		env: {PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...lease, ...environment},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const texts = {stdout: '', stderr: ''};
	let hear = (): void => {};
	for (const name of ['stdout', 'stderr'] as const) {
		child[name]!.setEncoding('utf8').on('data', (text: string) => {
			texts[name] += text;
			hear();
		});
	}

	const ended = once(child, 'close').then(([code]) => code as number | null);
	t.teardown(async () => {
		child.kill('SIGCONT');
		child.kill('SIGKILL');
		await ended;
	});
	return {
		child,
		stdout: () => texts.stdout,
		stderr: () => texts.stderr,
		said: pattern =>
			Promise.race([
				ended.then(() => {
					throw new Error(`it has ended: ${texts.stderr}`);
				}),
				new Promise<void>(resolve => {
					hear = () => {
						if (pattern.test(texts.stderr)) {
							resolve();
						}
					};

					hear();
				}),
			]),
		ended,
		pause: () => void child.stdout!.pause(),
		resume: () => void child.stdout!.resume(),
	};
}

/** A worker that is up. */
export async function startWorkerProcess(
	t: Pick<ExecutionContext, 'teardown'>,
	url: string,
	argv: readonly string[] = [],
): Promise<Running> {
	const worker = startCli(t, ['worker', '--queue', url, ...argv]);
	await worker.said(/ is up: /);
	return worker;
}
