import {performance} from 'node:perf_hooks';
import type {MessagePort} from 'node:worker_threads';
import {makeConnectionLimits} from './connection-limits.js';
import type {ThreadJob, ThreadOptions, ThreadRequest, ThreadResult} from './pool.js';
import {scanAddress} from './scan-address.js';
import {startsPerTurn, yieldToEventLoop} from './yield-to-event-loop.js';

/** Scan what the port asks for, and send back what came of it. Ends with the thread. */
export function runThread(port: MessagePort, options: ThreadOptions): void {
	const abort = new AbortController();
	const limits = makeConnectionLimits({...options, signal: abort.signal});
	let results: ThreadResult[] = [];
	const queue: ThreadJob[] = [];
	let isStarting = false;

	const scan = async ({id, target, address, own, leftMs}: ThreadJob): Promise<void> => {
		const {recording, skipCode} = await scanAddress(target, address, performance.now() + leftMs, {
			...options,
			...own,
			isRecorded: false,
			signal: abort.signal,
			limits,
		});
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
