import {performance} from 'node:perf_hooks';
import {Worker} from 'node:worker_threads';
import {makeSlotMap} from '../transport/slot-map.js';
import type {Report} from './report.js';
import type {AddressOptions, AddressScanner, Scanned} from './scan-address.js';
import type {Target} from './target.js';

/** What each target may have of its own. */
type OfTarget = 'serverName' | 'proxy' | 'startTls' | 'listed';

/** What a thread is started with: options that can be copied. */
export type ThreadOptions = Omit<AddressOptions, 'signal' | 'limits' | 'isRecorded' | OfTarget>;

/** One address to scan. */
export type ThreadJob = {
	readonly id: number;
	readonly target: Target;
	readonly address: string | null;
	readonly own: Pick<AddressOptions, OfTarget>;
	/** Left until the deadline: threads do not share a clock. */
	readonly leftMs: number;
};

export type ThreadRequest =
	| {readonly kind: 'jobs'; readonly jobs: readonly ThreadJob[]}
	| {readonly kind: 'stop'}
	| {readonly kind: 'abort'};

export type ThreadResult = {readonly id: number; readonly report: Report; readonly skipCode: string | undefined};

export type Pool = {
	/** @param thread - Which one, from 0. */
	readonly scan: (thread: number, ...scan: Parameters<AddressScanner>) => ReturnType<AddressScanner>;
	/** Scans that wait for their first connection get none any more. */
	readonly stop: () => void;
	/** Ends every scan that runs; what was not asked by then is inconclusive. */
	readonly abort: () => void;
	readonly close: () => Promise<void>;
};

/**
Start threads that scan addresses. One address must always go to the same thread, so that its limit of connections holds.

@param entry - The script that every thread runs.
@throws What a thread throws, from every scan that waits for it.
*/
export function startPool(entry: URL, threads: number, options: ThreadOptions): Pool {
	const members = Array.from({length: threads}, () => startThread(entry, options));
	return {
		scan: (thread, target, address, deadline, {serverName, proxy, startTls, listed}) =>
			members[thread]!.scan({
				target,
				address,
				own: {serverName, proxy, startTls, listed},
				leftMs: deadline - performance.now(),
			}),
		stop() {
			for (const member of members) {
				member.post({kind: 'stop'});
			}
		},
		abort() {
			for (const member of members) {
				member.post({kind: 'abort'});
			}
		},
		async close() {
			await Promise.all(members.map(member => member.close()));
		},
	};
}

type Waiting = {readonly resolve: (scanned: Scanned) => void; readonly reject: (error: Error) => void};

function startThread(entry: URL, options: ThreadOptions) {
	const worker = new Worker(entry, {workerData: options});
	const waiting = makeSlotMap<Waiting>();
	let queued: ThreadJob[] = [];
	const post = (request: ThreadRequest): void => worker.postMessage(request);
	worker.on('message', (results: readonly ThreadResult[]) => {
		for (const {id, report, skipCode} of results) {
			const one = waiting.get(id)!;
			waiting.remove(id, one);
			one.resolve({recording: {report, attempts: []}, skipCode});
		}
	});
	worker.on('error', error => {
		for (const {reject} of waiting.values()) {
			reject(error);
		}
	});
	return {
		post,
		scan: (job: Omit<ThreadJob, 'id'>): Promise<Scanned> =>
			new Promise((resolve, reject) => {
				const id = waiting.add({resolve, reject});
				queued.push({...job, id});
				if (queued.length === 1) {
					// What is asked for in the same turn goes over in one message.
					setImmediate(() => {
						post({kind: 'jobs', jobs: queued});
						queued = [];
					});
				}
			}),
		close: () => worker.terminate(),
	};
}
