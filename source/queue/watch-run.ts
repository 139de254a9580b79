import {hostname} from 'node:os';
import type {Board} from './board.js';
import type {QueueConnection} from './connect.js';
import {refusalsKey} from './keys.js';
import type {RunLock} from './run-lock.js';
import type {QueueRunOptions} from './run-options.js';
import {readState, writeRecord} from './run-record.js';
import {listWorkers} from './workers.js';

/** Chunks in the queue: those that wait, those that run and those whose results were not taken yet. */
const fewestChunks = 48;
const chunksPerWorker = 12;
const mostChunks = 512;
const longestPauseMs = 1000;

/** Keeps the lock and the record of a run, and sees what others do. */
export type RunWatch = {
	/** How many chunks the queue may hold, by how many workers are there. */
	readonly mostChunks: () => number;
	/** Whether another command has cancelled the run. */
	readonly isCancelled: () => boolean;
	/** Writes what is known of the run. */
	readonly record: () => Promise<void>;
	/** Looks now, and not later as it does by itself. */
	readonly look: () => Promise<void>;
	readonly stop: () => Promise<void>;
};

/** @param fail - Called if the lock is another's, or Redis cannot be asked. */
export function watchRun(
	{redis}: QueueConnection,
	{counts}: Board,
	lock: RunLock,
	options: QueueRunOptions,
	fail: (error: unknown) => void,
): RunWatch {
	const {run, labels, probe, say} = options;
	const startedAt = new Date().toISOString();
	const told = new Set<string>();
	let most = fewestChunks;
	let isCancelled = false;

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

	/** Redis may be away: the next one then follows this one. */
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
		Math.min(longestPauseMs, options.leaseMs / 4),
	);

	return {
		mostChunks: () => most,
		isCancelled: () => isCancelled,
		record,
		look,
		async stop() {
			clearInterval(timer);
			await looking;
		},
	};
}
