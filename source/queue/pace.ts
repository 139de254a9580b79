import {performance} from 'node:perf_hooks';
import type {Redis} from 'ioredis';
import {sleep} from '../engine/sleep.js';
import {paceKey} from './keys.js';

/**
Hands out start times, `gap` apart. KEYS: when the next one is, in microseconds. ARGV: how many, microseconds between two.
Returns how long to wait for the first of them. The clock is that of Redis.
*/
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local gap = tonumber(ARGV[2])
local first = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
redis.call('SET', KEYS[1], string.format('%.0f', first + ARGV[1] * gap), 'PX', math.ceil((first - now + ARGV[1] * gap) / 1000) + 60000)
return string.format('%.0f', first - now)`;

/** Start times that are asked for at once reach no further ahead than this. */
const batchMs = 100;

/**
Turns that all workers of a run share, so that together they make no more connections per second than that.

@returns Resolves when the next connection may start.
*/
export function makeSharedPace(redis: Redis, run: string, perSecond: number, signal: AbortSignal): () => Promise<void> {
	const gapMs = 1000 / perSecond;
	const mostAtOnce = Math.max(1, Math.floor(batchMs / gapMs));
	const waiting: (() => void)[] = [];
	let isAsking = false;

	const ask = async (): Promise<void> => {
		isAsking = true;
		while (waiting.length > 0 && !signal.aborted) {
			const count = Math.min(waiting.length, mostAtOnce);
			const untilFirst = Number(await redis.eval(script, 1, paceKey(run), count, gapMs * 1000)) / 1000;
			// The clock was read at some time between: no turn may be early.
			const firstAt = performance.now() + untilFirst;
			for (let turn = 0; turn < count; turn++) {
				await sleep(firstAt + turn * gapMs - performance.now(), signal);
				waiting.shift()?.();
			}
		}

		for (const go of signal.aborted ? waiting.splice(0) : []) {
			go();
		}

		isAsking = false;
	};

	return () =>
		new Promise(resolve => {
			if (signal.aborted) {
				resolve();
				return;
			}

			waiting.push(resolve);
			if (!isAsking) {
				// It fails only where the connection to Redis was closed for good.
				ask().catch(() => {});
			}
		});
}
