import type {Job} from 'bullmq';
import type {Redis} from 'ioredis';
import {prefix} from './keys.js';

/**
Renews the lock of a job, also one that has run out while the job was no other worker's: Redis was away for longer.
KEYS: the lock, jobs that may have been left, active jobs. ARGV: token, lifetime in milliseconds, id. LPOS is of Redis 6.0.6.
*/
const renewScript = `
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then
	return 0
end
if not held and not redis.call('LPOS', KEYS[3], ARGV[3]) then
	return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SREM', KEYS[2], ARGV[3])
return 1`;

/** The lock of a job that a worker has. */
export type JobLock = {
	/** Renews it now, and not later as it does by itself. */
	readonly renew: () => Promise<void>;
	readonly stop: () => void;
};

/** Keeps a job for as long as this worker has it. If it is another one's by now, ending it fails. */
export function keepJobLock(redis: Redis, {id, queueName}: Job, token: string, leaseMs: number): JobLock {
	const start = `${prefix}:${queueName}:`;
	const keys = [`${start}${id}:lock`, `${start}stalled`, `${start}active`];
	const renew = async (): Promise<void> => void (await redis.eval(renewScript, keys.length, ...keys, token, leaseMs, id!));
	const timer = setInterval(() => void renew().catch(() => {}), leaseMs / 3);
	return {renew, stop: () => clearInterval(timer)};
}
