import {sleep} from '../engine/sleep.js';
import type {Listed} from '../lists/list-targets.js';
import {unreached} from '../lists/run-list.js';
import type {Board} from './board.js';
import type {QueueConnection} from './connect.js';
import {openJobQueue} from './job-queue.js';
import {makeOffers} from './offer-chunks.js';
import {readParts} from './parts.js';
import {takeRunLock} from './run-lock.js';
import type {QueueRunOptions} from './run-options.js';
import {expireRecord, removeRecord, setState} from './run-record.js';
import {makeTaking, type ResultsTaken} from './take-chunks.js';
import {watchRun} from './watch-run.js';

/** Results that are there are taken together after this time: each look costs Redis and this process something. */
const [shortestPollMs, longestPollMs] = [20, 500];

/** So that about every second look finds something, however often results come. */
function nextPollMs(pollMs: number, taken: ResultsTaken): number {
	switch (taken) {
		case 'none':
			return Math.min(longestPollMs, pollMs * 1.5);
		case 'some':
			return Math.max(shortestPollMs, pollMs / 1.5);
		case 'many':
			return shortestPollMs;
		default:
			return taken satisfies never;
	}
}

/**
Probe what lists hold, by workers. Like `runList`, with the same results: resolves when everything has ended.

@throws {InputError} If another process carries out the same run.
*/
export async function runQueue(listed: AsyncIterable<Listed>, connection: QueueConnection, options: QueueRunOptions): Promise<void> {
	const {redis, refused} = connection;
	const {run, labels, probe, stop, cut, say} = options;
	const lock = await takeRunLock(redis, run, {lifetimeMs: options.leaseMs, say, signal: stop});
	const queues = await Promise.all(labels.map(label => openJobQueue(connection, label)));
	const board: Board = {queues, open: new Map(), counts: {offered: 0, written: 0, failed: 0}, isStopping: false};
	let isEnded = false;
	let failure: unknown;
	let wake = (): void => {};
	const onChange = (): void => wake();
	/** Whether another part of the list could be given to the queue now. */
	const canFill = (): boolean => !board.isStopping && parts.isReady() && board.open.size < watch.mostChunks();
	const onMore = (): void => {
		if (canFill()) {
			wake();
		}
	};

	const fail = (error: unknown): void => {
		failure ??= error;
		wake();
	};

	const parts = readParts(listed, options.chunkSize, onMore);
	const offers = makeOffers(board, parts, options);
	const taking = makeTaking(board, offers, lock, options);
	const watch = watchRun(connection, board, lock, options, fail);
	void parts.failed.catch(fail);
	void refused.catch(fail);
	stop.addEventListener('abort', onChange);
	cut.addEventListener('abort', onChange);

	const endOffering = async (): Promise<void> => {
		board.isStopping = true;
		await setState(redis, run, cut.aborted || watch.isCancelled() ? 'cancelled' : 'stopping');
		// Results that are there are taken first: a job that was removed has none.
		while ((await taking.take()) !== 'none') {}
		await offers.withdraw();
		for (const item of parts.stop()) {
			await options.onResult(unreached(item, probe.toolVersion));
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
	};

	try {
		await watch.record();
		await setState(redis, run, 'running');
		await watch.look();
		for (;;) {
			if (failure !== undefined) {
				throw failure;
			}

			if (stop.aborted && !board.isStopping) {
				await endOffering();
			}

			if (cut.aborted) {
				break;
			}

			if (!board.isStopping) {
				await offers.fill(watch.mostChunks());
			}

			const taken = await taking.take();
			if (board.open.size === 0 && (board.isStopping || parts.isOver())) {
				break;
			}

			pollMs = nextPollMs(pollMs, taken);
			if (taken !== 'many' && !canFill()) {
				await pause();
			}
		}

		isEnded = true;
	} finally {
		stop.removeEventListener('abort', onChange);
		cut.removeEventListener('abort', onChange);
		parts.stop();
		await watch.stop();
		if (redis.status === 'ready') {
			await (isEnded ? endRecord() : undefined);
			await lock.release();
		}

		await Promise.all(queues.map(queue => queue.close().catch(() => {})));
	}

	/** Workers read the state of a run that was cut short, and operators want to see what failed. */
	async function endRecord(): Promise<void> {
		if (cut.aborted) {
			// The result that cut it short may be the last one.
			await setState(redis, run, 'cancelled');
			await expireRecord(redis, run);
		} else if (board.counts.failed === 0) {
			await removeRecord(redis, run);
		} else {
			await watch.record();
			await setState(redis, run, 'over');
		}
	}
}
