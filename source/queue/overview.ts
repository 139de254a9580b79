import type {QueueConnection} from './connect.js';
import {type JobQueue, type JobState, openJobQueue, runOfJob} from './job-queue.js';
import {labelsKey, lockKey, runsKey} from './keys.js';
import {reasonInWords} from './reason-in-words.js';
import type {Holder} from './run-lock.js';
import {type RunRecord, readRecord, removeRecord, setState} from './run-record.js';
import {listWorkers, type WorkerRecord} from './workers.js';

/** Why chunks of a run failed. */
export type Failure = {readonly reason: string; readonly label?: string | undefined; readonly chunks: number};

export type RunOverview = RunRecord & {
	/** Whether a process adds its jobs and takes its results now. */
	readonly isCarriedOut: boolean;
	/** Chunks that wait for a worker, that a worker has, whose results were not taken, and that failed. */
	readonly chunks: {readonly waiting: number; readonly active: number; readonly completed: number; readonly failed: number};
	readonly failures: readonly Failure[];
};

export type Overview = {readonly runs: readonly RunOverview[]; readonly workers: readonly WorkerRecord[]};

/** The queues of all labels. */
async function openAll(connection: QueueConnection): Promise<readonly JobQueue[]> {
	const labels = await connection.redis.smembers(labelsKey);
	return Promise.all(labels.toSorted().map(label => openJobQueue(connection, label === '' ? undefined : label)));
}

async function withQueues<Value>(connection: QueueConnection, task: (queues: readonly JobQueue[]) => Promise<Value>): Promise<Value> {
	const queues = await openAll(connection);
	try {
		return await task(queues);
	} finally {
		await Promise.all(queues.map(queue => queue.close().catch(() => {})));
	}
}

const states = ['wait', 'delayed', 'active', 'completed', 'failed'] as const satisfies readonly JobState[];

/** The runs and workers of a queue. Runs whose record is gone and that have jobs are among them. */
export const readOverview = (connection: QueueConnection): Promise<Overview> =>
	withQueues(connection, async queues => {
		const {redis} = connection;
		const jobs = await Promise.all(
			queues.flatMap(queue => states.map(async state => (await queue.ids(state)).map(id => ({id, state, queue, run: runOfJob(id)})))),
		);
		const all = jobs.flat();
		const names = new Set([...(await redis.zrange(runsKey, '0', '-1')), ...all.map(({run}) => run)]);
		const found = await Promise.all(
			[...names].map(async (run): Promise<RunOverview | undefined> => {
				const own = all.filter(job => job.run === run);
				const record = await readRecord(redis, run);
				if (record === undefined && own.length === 0) {
					await removeRecord(redis, run);
					return undefined;
				}

				const count = (...wanted: readonly JobState[]): number => own.filter(({state}) => wanted.includes(state)).length;
				return {
					...(record ?? unknownRun(run)),
					isCarriedOut: (await redis.exists(lockKey(run))) === 1,
					chunks: {waiting: count('wait', 'delayed'), active: count('active'), completed: count('completed'), failed: count('failed')},
					failures: await failuresOf(own.filter(({state}) => state === 'failed')),
				};
			}),
		);
		const runs = found.filter(one => one !== undefined);
		return {runs: runs.toSorted((one, other) => one.startedAt.localeCompare(other.startedAt)), workers: await listWorkers(redis)};
	});

const unknownRun = (run: string): RunRecord => ({
	...{run, state: 'over', version: '', host: '', startedAt: '', seenAt: ''},
	...{labels: [], offered: 0, written: 0, failed: 0},
});

async function failuresOf(failed: readonly {readonly id: string; readonly queue: JobQueue}[]): Promise<readonly Failure[]> {
	const found = new Map<string, Failure>();
	for (const {id, queue} of failed) {
		const reason = reasonInWords(await queue.reason(id));
		const key = `${queue.label} ${reason}`;
		found.set(key, {reason, label: queue.label, chunks: (found.get(key)?.chunks ?? 0) + 1});
	}

	return [...found.values()];
}

/** The process that carries a run out; undefined where there is none. */
export async function holderOf({redis}: QueueConnection, run: string): Promise<Holder | undefined> {
	const held = await redis.get(lockKey(run));
	return held === null ? undefined : (JSON.parse(held) as Holder);
}

/** Ends a run: its producer stops, and workers end what they have of it. */
export async function cancelRun({redis}: QueueConnection, run: string): Promise<void> {
	await setState(redis, run, 'cancelled');
}

/** Lets chunks that failed run again. @returns How many. */
export const retryRun = (connection: QueueConnection, run: string): Promise<number> =>
	withQueues(connection, async queues => {
		let count = 0;
		for (const queue of queues) {
			for (const id of (await queue.ids('failed')).filter(job => runOfJob(job) === run)) {
				await queue.retry(id);
				count += 1;
			}
		}

		return count;
	});

/** Removes all that is left of a run. @returns How many chunks workers still have: those end with the workers. */
export const removeRun = (connection: QueueConnection, run: string): Promise<number> =>
	withQueues(connection, async queues => {
		let left = 0;
		for (const queue of queues) {
			for (const state of states) {
				for (const id of (await queue.ids(state)).filter(job => runOfJob(job) === run)) {
					left += (await queue.remove(id)) ? 0 : 1;
				}
			}
		}

		if (left === 0) {
			await removeRecord(connection.redis, run);
		} else {
			await setState(connection.redis, run, 'cancelled');
		}

		return left;
	});
