import type {Redis} from 'ioredis';
import {refusalsKey, runKey, runsKey} from './keys.js';

/** `stopping`: what runs is finished, nothing else begins. `cancelled`: nothing of it is of use any more. `over`: all results are written. */
export type RunState = 'running' | 'stopping' | 'cancelled' | 'over';

/** What is known of a run while it is carried out, and of one that was given up. */
export type RunRecord = {
	readonly run: string;
	readonly state: RunState;
	/** Of tlsprobe that adds its jobs. */
	readonly version: string;
	readonly host: string;
	/** ISO 8601. */
	readonly startedAt: string;
	/** When its producer was last there. ISO 8601. */
	readonly seenAt: string;
	/** The labels of the workers that it is for; empty for those without one. */
	readonly labels: readonly string[];
	/** Targets that were given to the queue, and those whose results were written. */
	readonly offered: number;
	readonly written: number;
	/** Chunks that no worker could finish. */
	readonly failed: number;
};

/** A record that no process changes goes with all that it is about. */
const keptForMs = 30 * 24 * 60 * 60 * 1000;
/** Workers read within seconds that a run was cut short. */
const cutKeptForMs = 60 * 60 * 1000;

export async function writeRecord(redis: Redis, record: RunRecord): Promise<void> {
	const {run, labels, ...others} = record;
	const key = runKey(run);
	const {state, ...known} = others;
	await redis
		.multi()
		.hset(key, {...known, labels: labels.join(',')})
		// Another command may have cancelled it: the state of a record is set once, and changed by `setState`.
		.hsetnx(key, 'state', state)
		.pexpire(key, keptForMs)
		.zadd(runsKey, Date.parse(record.startedAt), run)
		.exec();
}

export const setState = async (redis: Redis, run: string, state: RunState): Promise<void> =>
	void (await redis.hset(runKey(run), 'state', state));

export async function readState(redis: Redis, run: string): Promise<RunState | undefined> {
	return ((await redis.hget(runKey(run), 'state')) ?? undefined) as RunState | undefined;
}

export async function readRecord(redis: Redis, run: string): Promise<RunRecord | undefined> {
	const found = await redis.hgetall(runKey(run));
	if (found.state === undefined) {
		return undefined;
	}

	const {version = '', host = '', startedAt = '', seenAt = '', labels = '', offered, written, failed} = found;
	return {
		run,
		state: found.state as RunState,
		version,
		host,
		startedAt,
		seenAt,
		labels: labels === '' ? [] : labels.split(','),
		offered: Number(offered ?? 0),
		written: Number(written ?? 0),
		failed: Number(failed ?? 0),
	};
}

/** Lets the record of a run that was cut short go when no worker can have anything of it any more. */
export const expireRecord = async (redis: Redis, run: string): Promise<void> => void (await redis.pexpire(runKey(run), cutKeptForMs));

export async function removeRecord(redis: Redis, run: string): Promise<void> {
	await redis.multi().del(runKey(run), refusalsKey(run)).zrem(runsKey, run).exec();
}
