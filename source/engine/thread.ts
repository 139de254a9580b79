import {performance} from 'node:perf_hooks';
import type {AddressOptions, ScanHooks} from './address-options.js';
import {makeConnectionLimits} from './connection-limits.js';
import type {ThreadJob, ThreadRequest, ThreadResult} from './pool.js';
import {scanAddress} from './scan-address.js';
import {startsPerTurn, yieldToEventLoop} from './yield-to-event-loop.js';

/** Of a thread, or of a process in its place. */
export type ThreadPort = {
	readonly on: (event: 'message', listener: (request: ThreadRequest) => void) => unknown;
	readonly postMessage: (results: readonly ThreadResult[]) => void;
};

/**
Scan what the port asks for, and send back the results. Ends with the thread.

@param usual - The options of jobs that bring none.
*/
export function runThread(port: ThreadPort, usual: AddressOptions, {knownProbes}: Pick<ScanHooks, 'knownProbes'> = {}): void {
	const abort = new AbortController();
	const limits = makeConnectionLimits({...usual, signal: abort.signal});
	const hooks: ScanHooks = {signal: abort.signal, limits, knownProbes};
	let results: ThreadResult[] = [];
	const queue: ThreadJob[] = [];
	let isStarting = false;

	const scan = async ({id, target, address, listed, leftMs, options = usual}: ThreadJob): Promise<void> => {
		const job = {target, address, listed, deadlineMs: performance.now() + leftMs};
		const {recording, skipCode} = await scanAddress(job, options, hooks);
		results.push({id, report: recording.report, skipCode});
		if (results.length === 1) {
			setImmediate(() => {
				port.postMessage(results);
				results = [];
			});
		}
	};

	// A few a turn, as where there are no threads.
	const start = async (): Promise<void> => {
		isStarting = true;
		while (queue.length > 0) {
			for (const job of queue.splice(0, startsPerTurn)) {
				void scan(job);
			}

			await yieldToEventLoop();
		}

		isStarting = false;
	};

	port.on('message', (request: ThreadRequest) => {
		switch (request.kind) {
			case 'abort':
				abort.abort();
				break;
			case 'stop':
				limits.stop();
				break;
			case 'jobs':
				queue.push(...request.jobs);
				if (!isStarting) {
					void start();
				}

				break;
			default:
				request satisfies never;
		}
	});
}
