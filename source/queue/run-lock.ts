import {randomUUID} from 'node:crypto';
import {hostname} from 'node:os';
import type {Redis} from 'ioredis';
import {InputError} from '../bytes/input-error.js';
import {sleep} from '../engine/sleep.js';
import {lockKey} from './keys.js';

/** Who adds the jobs of a run. */
export type Holder = {readonly token: string; readonly host: string; readonly since: string; readonly renewed: number};

/** The one right to add the jobs of a run, and to take their results. */
export type RunLock = {
	readonly token: string;
	/** @throws {InputError} If another process has it by now. */
	readonly renew: () => Promise<void>;
	readonly release: () => Promise<void>;
};

/**
Renews a lock, also one that has run out and that no other process has taken: Redis was away for longer.
KEYS: the lock. ARGV: token, new value, lifetime in milliseconds. Returns the value of another holder.
*/
const renewScript = `
local held = redis.call('GET', KEYS[1])
if held and cjson.decode(held).token ~= ARGV[1] then
	return held
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return false`;

const releaseScript = `
local held = redis.call('GET', KEYS[1])
if held and cjson.decode(held).token == ARGV[1] then
	redis.call('DEL', KEYS[1])
end
return 1`;

const pollMs = 200;

/**
Take the lock of a run. One that is held is watched: it is renewed while its holder lives, and runs out after `lifetimeMs` if not.

@throws {InputError} If another process holds it and is alive.
*/
export async function takeRunLock(
	redis: Redis,
	run: string,
	{lifetimeMs, say, signal}: {readonly lifetimeMs: number; readonly say: (text: string) => void; readonly signal: AbortSignal},
): Promise<RunLock> {
	const key = lockKey(run);
	const own = {token: randomUUID(), host: hostname(), since: new Date().toISOString()};
	let renewed = 0;
	const renew = async (): Promise<Holder | undefined> => {
		renewed += 1;
		const held = await redis.eval(renewScript, 1, key, own.token, JSON.stringify({...own, renewed}), lifetimeMs);
		return typeof held === 'string' ? (JSON.parse(held) as Holder) : undefined;
	};

	const first = await renew();
	if (first !== undefined) {
		say(`${inWords(run, first)}; waiting up to ${Math.ceil(lifetimeMs / 1000)} s to see whether it still runs\n`);
	}

	for (let holder = first; holder !== undefined; holder = await renew()) {
		if (holder.token !== first!.token || holder.renewed !== first!.renewed) {
			throw new InputError(`${inWords(run, holder)}; wait until it ends, or set another name with --run`);
		}

		await sleep(pollMs, signal);
		if (signal.aborted) {
			throw Object.assign(new Error('interrupted'), {name: 'InterruptedError'});
		}
	}

	return {
		token: own.token,
		async renew() {
			const holder = await renew();
			if (holder !== undefined) {
				throw new InputError(`${inWords(run, holder)}; this process was stopped for too long and no longer takes results`);
			}
		},
		release: async () => void (await redis.eval(releaseScript, 1, key, own.token)),
	};
}

const inWords = (run: string, {host, since}: Holder): string => `run ${run} is carried out by ${host}, since ${since}`;
