import {fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import pLimit from 'p-limit';
import type {CliOptions, CliResult} from './run-cli.js';

/** What the process of `folder-commands.ts` is sent, one at a time. */
export type FolderCommand = CliOptions & {readonly argv: readonly string[]};

/** What it answers. */
export type FolderAnswer = {readonly result: CliResult} | {readonly error: string};

/** A process has one working directory, so one command runs at a time. */
const limit = pLimit(1);

let started: ReturnType<typeof fork> | undefined;

/**
Run a command in a folder. The process that runs it stays for the next command of the file, so each but the first costs a tenth of what a process
for each costs. A thread, which is what AVA runs a file in, cannot change its working directory.

@throws {Error} As `runInProcess`.
*/
export const runInFolder = (argv: readonly string[], options: CliOptions = {}): Promise<CliResult> =>
	limit(async () => {
		started ??= start();
		const child = started;
		child.ref();
		child.channel!.ref();
		const isDone = new AbortController();
		const ends = [
			once(child, 'message', isDone).then(([message]) => message as FolderAnswer),
			once(child, 'exit', isDone).then((): FolderAnswer => ({error: `the process of commands ended: ${argv.join(' ')}`})),
		];
		child.send({argv, cwd: process.cwd(), ...options} satisfies FolderCommand);
		const answer = await Promise.race(ends);
		isDone.abort();
		await Promise.allSettled(ends);
		// It ends with the thread that started it.
		child.channel!.unref();
		child.unref();
		if ('error' in answer) {
			throw new Error(answer.error);
		}

		return answer.result;
	});

const start = (): ReturnType<typeof fork> =>
	fork(fileURLToPath(new URL('./folder-commands.js', import.meta.url)), {serialization: 'advanced', execArgv: []});
