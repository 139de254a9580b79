import {fork} from 'node:child_process';
import {once} from 'node:events';
import {platform} from 'node:os';
import {Worker} from 'node:worker_threads';

/** The script that threads run: a file, or what returns its text. Where there can be no threads, that of processes in their place. */
export type ThreadEntry = URL | (() => string) | {readonly processScript: string};

/** A thread, or a process in its place. */
export type PoolMember = {
	readonly post: (message: object) => void;
	readonly onMessage: (listener: (message: unknown) => void) => void;
	/** Called once it can answer nothing more, unless `end` was called. */
	readonly onError: (listener: (error: Error) => void) => void;
	readonly end: () => Promise<void>;
};

/** @param data - What it starts with: a thread has it as `workerData`, and a process as its first message. */
export const startMember = (entry: ThreadEntry, data: object): PoolMember =>
	'processScript' in entry ? startProcess(entry.processScript, data) : startThread(entry, data);

function startThread(entry: URL | (() => string), data: object): PoolMember {
	const isText = typeof entry === 'function';
	const worker = new Worker(isText ? entry() : entry, {eval: isText, workerData: data});
	return {
		post: message => worker.postMessage(message),
		onMessage: listener => void worker.on('message', listener),
		onError: listener => void worker.on('error', listener),
		async end() {
			await worker.terminate();
		},
	};
}

function startProcess(script: string, data: object): PoolMember {
	const child = fork('-', {
		execArgv: ['-e', script, '--'],
		serialization: 'advanced',
		// A terminal sends its signals to every process of a group, also to one that has just been started. On Windows it would get a window.
		detached: platform() !== 'win32',
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	let isEnding = false;
	// What cannot be sent any more is reported by the end of the process.
	const post = (message: object): void => void child.send(message, () => {});
	post(data);
	return {
		post,
		onMessage: listener => void child.on('message', listener),
		onError(listener) {
			child.once('error', listener);
			child.once('exit', (code, signal) => {
				if (!isEnding) {
					listener(new Error(`a process that probes for this one ended with ${signal ?? code}`));
				}
			});
		},
		async end() {
			isEnding = true;
			if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
				const ended = once(child, 'exit');
				child.kill('SIGKILL');
				await ended;
			}
		},
	};
}
