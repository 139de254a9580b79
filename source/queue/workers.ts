import {randomUUID} from 'node:crypto';
import type {Redis} from 'ioredis';
import {workerKey} from './keys.js';

/** What a worker tells about itself. */
export type WorkerRecord = {
	readonly host: string;
	readonly label?: string | undefined;
	readonly version: string;
	/** ISO 8601. */
	readonly startedAt: string;
	/** Targets that run and that it has done, and chunks that it has taken. */
	readonly running: number;
	readonly done: number;
	readonly chunks: number;
	readonly runs: readonly string[];
};

type Facts = Pick<WorkerRecord, 'host' | 'label' | 'version'> & {
	readonly leaseMs: number;
	readonly read: () => Pick<WorkerRecord, 'running' | 'done' | 'chunks' | 'runs'>;
};

/** Puts a worker on the list of those that are there, until it signs out or is silent for longer than the lease. */
export async function signIn(redis: Redis, {host, label, version, leaseMs, read}: Facts) {
	const id = randomUUID();
	const startedAt = new Date().toISOString();
	const write = async (): Promise<void> => {
		const record: WorkerRecord = {host, label, version, startedAt, ...read()};
		await redis.set(workerKey(id), JSON.stringify(record), 'PX', leaseMs);
	};

	const timer = setInterval(() => void write().catch(() => {}), Math.min(2000, leaseMs / 3));
	timer.unref();
	await write();
	return {
		id,
		async out() {
			clearInterval(timer);
			await redis.del(workerKey(id));
		},
	};
}

export async function listWorkers(redis: Redis): Promise<readonly WorkerRecord[]> {
	const found: WorkerRecord[] = [];
	for (let cursor = '0'; ; ) {
		const [next, keys] = await redis.scan(cursor, 'MATCH', workerKey('*'), 'COUNT', 1000);
		const texts = keys.length === 0 ? [] : await redis.mget(keys);
		found.push(...texts.flatMap(text => (text === null ? [] : [JSON.parse(text) as WorkerRecord])));
		cursor = next;
		if (cursor === '0') {
			return found.toSorted((one, other) => one.startedAt.localeCompare(other.startedAt));
		}
	}
}
