import {hostname} from 'node:os';
import {isResult} from '../engine/is-report.js';
import type {ProbeOptions} from '../engine/probe-options.js';
import type {TargetResult} from '../engine/probe-target.js';
import {sleep} from '../engine/sleep.js';
import type {TargetEntry} from '../lists/entry.js';
import type {Listed} from '../lists/list-targets.js';
import {unprobed, unreached} from '../lists/run-list.js';
import type {Connection} from './connect.js';
import {type Chunk, type ChunkResult, jobTargetOf, type StoredResult, withoutLogins} from './job.js';
import {type JobEnd, type JobQueue, jobId, openJobQueue} from './job-queue.js';
import {refusalsKey} from './keys.js';
import {mergeLabels} from './merge-labels.js';
import {unpack} from './pack.js';
import {readParts} from './parts.js';
import {reasonInWords} from './reason-in-words.js';
import {takeRunLock} from './run-lock.js';
import {readState, removeRecord, setState, writeRecord} from './run-record.js';
import {listWorkers} from './workers.js';

/** What a run is beside its targets. */
export type QueueRunOptions = {
	/** The name of the run. The same name goes on with what is left of an earlier one. */
	readonly run: string;
	/** What the results depend on, in short: jobs of another list or with other options have another one. */
	readonly digest: string;
	/** Every target is probed by a worker of each label; one that is undefined is for workers without a label. */
	readonly labels: readonly (string | undefined)[];
	readonly probe: ProbeOptions;
	readonly isMail: boolean;
	/** Targets at once in each worker; undefined where the probes decide. */
	readonly concurrency: number | undefined;
	/** New connections per second of all workers together. */
	readonly perSecond: number | undefined;
	/** Targets in a chunk. */
	readonly chunkSize: number;
	readonly isOrdered: boolean;
	/** Ends the run in good order: what workers have begun is finished, and nothing else begins. */
	readonly stop: AbortSignal;
	/** Ends the run at once. */
	readonly cut: AbortSignal;
	/** After so long without a sign a process counts as gone. */
	readonly leaseMs: number;
	readonly say: (text: string) => void;
	/** Someone has cancelled the run with another command. */
	readonly onCancelled: () => void;
	/** Told of targets that were given to the queue (1) or that ended (-1). */
	readonly onRunning: (change: number) => void;
	/** Takes every result as it comes, and slows the run down by taking its time. */
	readonly onResult: (result: TargetResult) => Promise<void> | undefined;
};

/** Chunks in the queue: those that wait, those that run and those whose results were not taken yet. */
const fewestChunks = 48;
const chunksPerWorker = 12;
const mostChunks = 512;
/** Results that are taken at once: what a process that ends has taken and not written is probed again. */
const mostTaken = 8;
const [shortestPollMs, longestPollMs] = [10, 200];
/** A chunk of which a worker leaves something out is given to the queue again so often. */
const mostTries = 3;

/** A chunk that was given to the queue. */
type Open = {
	readonly id: string;
	readonly number: number;
	/** Which part of the chunk it is, from 1: a list that is read slowly comes in several. */
	readonly part: number;
	/** How often it was given to the queue. */
	readonly tries: number;
	readonly wanted: ReadonlyMap<number, Listed & {readonly entry: TargetEntry}>;
	/** Lines that are no targets, and what is known already. */
	readonly known: TargetResult[];
	/** By label, in the order of the labels. */
	readonly ends: (readonly StoredResult[] | string | undefined)[];
};

/**
Probe what lists hold, by workers. Like `runList`, with the same results: resolves when everything has ended.

@throws {InputError} If another process carries out the same run.
*/
export async function runQueue(listed: AsyncIterable<Listed>, connection: Connection, options: QueueRunOptions): Promise<void> {
	const {redis, refused} = connection;
	const {run, labels, probe, stop, cut, say} = options;
	const lock = await takeRunLock(redis, run, {lifetimeMs: options.leaseMs, say, signal: stop});
	const queues = await Promise.all(labels.map(label => openJobQueue(connection, label)));
	const open = new Map<string, Open>();
	const startedAt = new Date().toISOString();
	const counts = {offered: 0, written: 0, failed: 0};
	const told = new Set<string>();
	let last = {number: -1, part: 0};
	let most = fewestChunks;
	let isEnded = false;
	let failure: unknown;
	let isStopping = false;
	let isCancelled = false;
	let wake = (): void => {};
	const parts = readParts(listed, options.chunkSize, () => wake());
	const fail = (error: unknown): void => {
		failure ??= error;
		wake();
	};

	void parts.failed.catch(fail);
	void refused.catch(fail);
	const onStop = (): void => wake();
	stop.addEventListener('abort', onStop);
	cut.addEventListener('abort', onStop);

	const tell = (text: string): void => {
		if (!told.has(text)) {
			told.add(text);
			say(`${text}\n`);
		}
	};

	const record = () =>
		writeRecord(redis, {
			...{run, state: 'running', version: probe.toolVersion, host: hostname(), startedAt, seenAt: new Date().toISOString()},
			...{labels: labels.flatMap(label => label ?? []), ...counts},
		});

	/** Keeps the lock, and sees what has changed. Redis may be away: the next one then follows this one. */
	const look = async (): Promise<void> => {
		await lock.renew();
		await record();
		if ((await readState(redis, run)) === 'cancelled' && !isCancelled) {
			isCancelled = true;
			options.onCancelled();
		}

		const workers = await listWorkers(redis);
		most = Math.min(mostChunks, Math.max(fewestChunks, chunksPerWorker * workers.length));
		for (const label of labels.filter(one => !workers.some(worker => worker.label === one))) {
			tell(`no worker ${label === undefined ? 'without a label' : `with the label ${label}`} is there; the run waits for one`);
		}

		for (const text of Object.values(await redis.hgetall(refusalsKey(run)))) {
			tell(text);
		}
	};

	let looking: Promise<void> | undefined;
	const timer = setInterval(
		() => {
			looking ??= look()
				.catch(fail)
				.finally(() => {
					looking = undefined;
				});
		},
		Math.min(1000, options.leaseMs / 4),
	);

	const base = {
		version: probe.toolVersion,
		run,
		isMail: options.isMail,
		options: withoutLogins(probe),
		...(options.concurrency === undefined ? {} : {concurrency: options.concurrency}),
		...(options.perSecond === undefined ? {} : {perSecond: options.perSecond}),
	};

	const chunkOf = ({wanted}: Open): Chunk => ({
		...base,
		targets: [...wanted.values()].map(({entry, position}) => jobTargetOf(entry, position)),
	});

	const begin = (items: readonly Listed[], {number, part, tries}: Pick<Open, 'number' | 'part' | 'tries'>): Open => {
		const targets = items.filter((item): item is Listed & {readonly entry: TargetEntry} => item.entry.kind === 'target');
		const invalid = items.flatMap(({entry, position}) =>
			entry.kind === 'invalid'
				? [unprobed(entry.text, 'invalid-target', entry.problem, probe.toolVersion, {position, source: entry.source})]
				: [],
		);
		return {
			id: jobId(run, options.digest, {number, part, tries}),
			number,
			part,
			tries,
			wanted: new Map(targets.map(item => [item.position, item])),
			known: invalid,
			ends: labels.map(() => undefined),
		};
	};

	const offer = async (chunks: readonly Open[], to: readonly JobQueue[] = queues): Promise<void> => {
		const jobs = chunks.filter(({wanted}) => wanted.size > 0).map(chunk => ({id: chunk.id, chunk: chunkOf(chunk)}));
		if (jobs.length > 0) {
			await Promise.all(to.map(queue => queue.add(jobs)));
		}
	};

	/** Fills the queue, as far as it may be filled. */
	const fill = async (): Promise<void> => {
		const fresh: Open[] = [];
		for (let part = open.size < most ? parts.take() : undefined; part !== undefined; part = open.size < most ? parts.take() : undefined) {
			last = {number: part.number, part: part.number === last.number ? last.part + 1 : 1};
			const chunk = begin(part.items, {...last, tries: 1});
			open.set(chunk.id, chunk);
			counts.offered += part.items.length;
			options.onRunning(part.items.length);
			fresh.push(chunk);
		}

		await offer(fresh);
	};

	const isComplete = ({ends, wanted}: Open): boolean => wanted.size === 0 || ends.every(end => end !== undefined);

	/** What workers have not begun is taken from the queue. */
	const withdraw = async (): Promise<void> => {
		for (const chunk of [...open.values()]) {
			for (const [index, queue] of queues.entries()) {
				if (chunk.ends[index] === undefined && chunk.wanted.size > 0 && (await queue.remove(chunk.id))) {
					chunk.ends[index] = '';
				}
			}
		}
	};

	const endOffering = async (): Promise<void> => {
		isStopping = true;
		await setState(redis, run, cut.aborted || isCancelled ? 'cancelled' : 'stopping');
		// Results that are there are taken first: a job that was removed has none.
		await takeAll();
		await withdraw();
		for (const item of parts.stop()) {
			await options.onResult(unreached(item, probe.toolVersion));
		}
	};

	/** @returns Whether there was something. */
	const take = async (): Promise<boolean> => {
		let isAny = false;
		for (const [index, queue] of queues.entries()) {
			const ids = [...open.values()].filter(({ends, wanted}) => ends[index] === undefined && wanted.size > 0).map(({id}) => id);
			const ends = await queue.ended(ids, lock.token, run, mostTaken);
			if (ends === undefined) {
				await lock.renew();
				continue;
			}

			isAny ||= ends.length > 0;
			for (const end of ends) {
				await noteEnd(end, index);
			}
		}

		return isAny;
	};

	const takeAll = async (): Promise<void> => {
		while (await take()) {
			await write();
		}
	};

	const noteEnd = async (end: JobEnd, index: number): Promise<void> => {
		const chunk = open.get(end.id)!;
		switch (end.kind) {
			case 'completed':
				chunk.ends[index] = readResults(end.value);
				break;
			case 'failed':
				counts.failed += 1;
				chunk.ends[index] = reasonInWords(end.value);
				break;
			case 'missing':
				// Whatever has removed it: an operator, or a Redis that keeps nothing.
				if (isStopping) {
					chunk.ends[index] = '';
				} else {
					await offer([chunk], [queues[index]!]);
				}

				break;
			default:
				end satisfies never;
		}
	};

	/** Writes the chunks that are complete, in order where that was asked for, and removes their jobs. */
	const write = async (): Promise<void> => {
		const written: Open[] = [];
		for (const chunk of [...open.values()]) {
			if (isComplete(chunk)) {
				await writeChunk(chunk);
				written.push(chunk);
			} else if (options.isOrdered) {
				break;
			}
		}

		// In one go. Those that failed stay in the queue, where they can be seen and tried again.
		await Promise.all(
			written.flatMap(({id, ends}) => queues.map((queue, index) => (typeof ends[index] === 'object' ? queue.remove(id) : undefined))),
		);
	};

	const writeChunk = async (chunk: Open): Promise<void> => {
		const {results, left} = mergeLabels(chunk.wanted, chunk.ends, labels, item => unreached(item, probe.toolVersion), notReached(probe));
		const again = left.length > 0 && !isStopping && chunk.tries < mostTries ? begin(left, {...chunk, tries: chunk.tries + 1}) : undefined;
		const missing = again === undefined ? left.map(item => notReached(probe)(item, 'no worker returned a result for it')) : [];
		const all = [...chunk.known, ...results, ...missing];
		for (const result of options.isOrdered ? all.toSorted((one, other) => positionOf(one) - positionOf(other)) : all) {
			const taken = options.onResult(result);
			if (taken !== undefined) {
				await taken;
			}
		}

		open.delete(chunk.id);
		counts.written += all.length;
		options.onRunning(-all.length);
		if (again !== undefined) {
			open.set(again.id, again);
			await offer([again]);
		}
	};

	let pollMs = shortestPollMs;
	const pause = async (): Promise<void> => {
		const woken = new Promise<void>(resolve => {
			wake = resolve;
		});
		const over = new AbortController();
		await Promise.race([woken, sleep(pollMs, over.signal)]);
		over.abort();
		pollMs = Math.min(longestPollMs, pollMs * 1.5);
	};

	try {
		await record();
		await setState(redis, run, 'running');
		await look();
		for (;;) {
			if (failure !== undefined) {
				throw failure;
			}

			if (stop.aborted && !isStopping) {
				await endOffering();
			}

			if (cut.aborted) {
				break;
			}

			if (!isStopping) {
				await fill();
			}

			const isAny = await take();
			await write();
			if (open.size === 0 && (isStopping || parts.isOver())) {
				break;
			}

			if (isAny) {
				pollMs = shortestPollMs;
			} else {
				await pause();
			}
		}

		isEnded = true;
	} finally {
		clearInterval(timer);
		stop.removeEventListener('abort', onStop);
		cut.removeEventListener('abort', onStop);
		parts.stop();
		await looking;
		if (redis.status === 'ready') {
			await (isEnded ? endRecord() : undefined);
			await lock.release();
		}

		await Promise.all(queues.map(queue => queue.close().catch(() => {})));
	}

	/** Workers read the state of a run that was cut short, and operators want to see what failed. */
	async function endRecord(): Promise<void> {
		if (cut.aborted) {
			return;
		}

		if (counts.failed === 0) {
			await removeRecord(redis, run);
		} else {
			await record();
			await setState(redis, run, 'over');
		}
	}
}

const positionOf = ({recordings: [{report}]}: TargetResult): number => report.position ?? 0;

/** @returns A reason, where it is not what a worker returns. */
function readResults(value: string): readonly StoredResult[] | string {
	try {
		const {results} = unpack(JSON.parse(value) as string) as ChunkResult;
		return results.every(isStoredResult) ? results : 'a worker returned something else than results';
	} catch {
		return 'a worker returned something else than results';
	}
}

const isStoredResult = ({position, target, reports, skipped, verdict}: StoredResult): boolean =>
	Number.isSafeInteger(position) &&
	typeof target?.target === 'string' &&
	Array.isArray(skipped) &&
	['pass', 'fail', 'inconclusive'].includes(verdict) &&
	Array.isArray(reports) &&
	reports.length > 0 &&
	reports.every(isResult);

/** A result for a target that no worker has probed. */
const notReached =
	({toolVersion}: ProbeOptions) =>
	({entry, position}: Listed, problem: string): TargetResult =>
		unprobed(entry.kind === 'invalid' ? entry.text : entry.target.target, 'not-reached', problem, toolVersion, {position});
