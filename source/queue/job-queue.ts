import type {Queue} from 'bullmq';
import type {QueueConnection} from './connect.js';
import type {Chunk} from './job.js';
import {labelsKey, lockKey, prefix, queueName} from './keys.js';

/** What became of a job. `missing`: it was removed, or Redis has lost it. */
export type JobEnd =
	| {readonly id: string; readonly kind: 'completed' | 'failed' /** The result, or the reason. */; readonly value: string}
	| {readonly id: string; readonly kind: 'missing'};

export type JobState = 'wait' | 'active' | 'delayed' | 'completed' | 'failed';

/** The run of a job, by its id: see `jobId`. */
export const runOfJob = (id: string): string => id.split('.').slice(0, -4).join('.');

/** Names a job by its place in a run, so that the same job is not added twice. */
export const jobId = (
	run: string,
	digest: string,
	place: {readonly number: number; readonly part: number; readonly tries: number},
): string => [run, digest, place.number, place.part, place.tries].join('.');

/** The jobs of one label. */
export type JobQueue = {
	readonly label: string | undefined;
	/** Adds jobs. One whose id is known already is not changed. */
	readonly add: (jobs: readonly {readonly id: string; readonly chunk: Chunk}[]) => Promise<void>;
	/** @returns Which of the jobs have ended, at most `most`; undefined if the lock is another's. */
	readonly ended: (ids: readonly string[], token: string, run: string, most: number) => Promise<readonly JobEnd[] | undefined>;
	/** @returns Whether it is gone now: a worker has those that are not. */
	readonly remove: (id: string) => Promise<boolean>;
	/** The ids of all jobs in a state. */
	readonly ids: (state: JobState) => Promise<readonly string[]>;
	/** @returns Why a job failed. */
	readonly reason: (id: string) => Promise<string>;
	/** Lets a job that failed run again, as if it were new. */
	readonly retry: (id: string) => Promise<void>;
	readonly queue: Queue;
	readonly close: () => Promise<void>;
};

/**
KEYS: completed, failed, lock. ARGV: token, beginning of the keys of jobs, the most ends, ids.
A lock that has run out is no other's: Redis was away for longer than it lasts.
*/
const endedScript = `
local held = redis.call('GET', KEYS[3])
if held and cjson.decode(held).token ~= ARGV[1] then
	return false
end
local found = {}
local most = tonumber(ARGV[3])
for i = 4, #ARGV do
	if #found >= most then
		break
	end
	local id = ARGV[i]
	local key = ARGV[2] .. id
	if redis.call('ZSCORE', KEYS[1], id) then
		found[#found + 1] = {id, 'completed', redis.call('HGET', key, 'returnvalue') or ''}
	elseif redis.call('ZSCORE', KEYS[2], id) then
		found[#found + 1] = {id, 'failed', redis.call('HGET', key, 'failedReason') or ''}
	elseif redis.call('EXISTS', key) == 0 then
		found[#found + 1] = {id, 'missing', ''}
	end
end
return found`;

/** Events hold a copy of each result, and nothing here reads them. */
const keptEvents = 1;

export async function openJobQueue({bullmq, redis}: QueueConnection, label: string | undefined): Promise<JobQueue> {
	const name = queueName(label);
	const queue = new bullmq.Queue(name, {
		connection: redis,
		prefix,
		skipVersionCheck: true,
		streams: {events: {maxLen: keptEvents}},
	} as ConstructorParameters<typeof bullmq.Queue>[1]);
	// Commands wait for the connection, whose own events tell about it.
	queue.on('error', () => {});
	await queue.waitUntilReady();
	await redis.sadd(labelsKey, label ?? '');
	const start = `${prefix}:${name}:`;
	return {
		label,
		queue,
		async add(jobs) {
			await queue.addBulk(
				jobs.map(({id, chunk}) => ({name: chunk.run, data: chunk, opts: {jobId: id, removeOnComplete: false, removeOnFail: false}})),
			);
		},
		async ended(ids, token, run, most) {
			if (ids.length === 0) {
				return [];
			}

			const keys = [`${start}completed`, `${start}failed`, lockKey(run)];
			const found = (await redis.eval(endedScript, keys.length, ...keys, token, start, most, ...ids)) as
				| readonly (readonly [string, JobEnd['kind'], string])[]
				| null;
			return found?.map(([id, kind, value]) => (kind === 'missing' ? {id, kind} : {id, kind, value}));
		},
		ids: state => (state === 'wait' || state === 'active' ? redis.lrange(start + state, 0, -1) : redis.zrange(start + state, '0', '-1')),
		reason: async id => (await redis.hget(start + id, 'failedReason')) ?? '',
		async retry(id) {
			const job = await queue.getJob(id);
			if (job !== undefined) {
				// What BullMQ has counted against it.
				await redis.hdel(start + id, 'defa', 'stc');
				await job.retry('failed');
			}
		},
		remove: async id => (await queue.remove(id)) === 1,
		close: () => queue.close(),
	};
}
