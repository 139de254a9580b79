import {performance} from 'node:perf_hooks';
import {makeSlotMap} from '../transport/slot-map.js';
import type {AddressOptions} from './address-options.js';
import {startMember, type ThreadEntry} from './pool-member.js';
import type {Report} from './report.js';
import type {AddressJob, Scanned} from './scan-address.js';

/** One address to scan. */
export type ThreadJob = Omit<AddressJob, 'deadlineMs'> & {
	readonly id: number;
	/** Left until the deadline: threads do not share a clock. */
	readonly leftMs: number;
	/** Undefined for those that the thread was started with: a list says nothing else of most targets. */
	readonly options: AddressOptions | undefined;
};

export type ThreadRequest =
	| {readonly kind: 'jobs'; readonly jobs: readonly ThreadJob[]}
	| {readonly kind: 'stop'}
	| {readonly kind: 'abort'};

export type ThreadResult = {readonly id: number; readonly report: Report; readonly skipCode: string | undefined};

export type Pool = {
	/** @param thread - Which one, from 0. */
	readonly scan: (thread: number, job: AddressJob, options: AddressOptions) => Promise<Scanned>;
	/** Scans that wait for their first connection get none any more. */
	readonly stop: () => void;
	/** Ends every scan that runs; what was not asked by then is inconclusive. */
	readonly abort: () => void;
	readonly close: () => Promise<void>;
};

/**
Start threads that scan addresses. One address must always go to the same thread, so that its limit of connections holds.

@param usual - What most addresses are scanned with. Threads are sent it once.
@throws What a thread throws, from every scan that waits for it.
*/
export function startPool(entry: ThreadEntry, threads: number, usual: AddressOptions): Pool {
	const members = Array.from({length: threads}, () => startThread(entry, usual));
	return {
		scan: (thread, {target, address, deadlineMs, listed}, options) =>
			members[thread]!.scan({
				target,
				address,
				listed,
				leftMs: deadlineMs - performance.now(),
				options: options === usual ? undefined : options,
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

function startThread(entry: ThreadEntry, usual: AddressOptions) {
	const member = startMember(entry, usual);
	const waiting = makeSlotMap<Waiting>();
	let queued: ThreadJob[] = [];
	const post = (request: ThreadRequest): void => member.post(request);
	member.onMessage(results => {
		for (const {id, report, skipCode} of results as readonly ThreadResult[]) {
			const one = waiting.get(id)!;
			waiting.remove(id, one);
			one.resolve({recording: {report, attempts: []}, skipCode});
		}
	});
	member.onError(error => {
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
		close: () => member.end(),
	};
}
