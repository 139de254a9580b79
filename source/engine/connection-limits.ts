import {performance} from 'node:perf_hooks';
import {rest} from './rest.js';

/** Runs a task when there is room for it. */
export type Limit = <Value>(task: () => Promise<Value>) => Promise<Value>;

/** What is shared by everything that connects during a run. */
export type ConnectionLimits = {
	/** Holds a place for connections to this address until `release`. */
	readonly hold: (address: string) => {readonly limit: Limit; readonly release: () => void};
};

export type ConnectionLimitOptions = {
	/** At once, to one address, by all targets that have it. */
	readonly maxConnections: number;
	/** New connections a second, to all addresses together; undefined for no limit. */
	readonly perSecond?: number | undefined;
	/** Once it aborts nobody waits for a turn any more. */
	readonly signal?: AbortSignal | undefined;
};

/** Limits by address, which several targets may share, and by time. */
export function makeConnectionLimits({maxConnections, perSecond, signal}: ConnectionLimitOptions): ConnectionLimits {
	const byAddress = new Map<string, {readonly limit: Limit; holders: number}>();
	/** Nobody's at the moment. Making one costs more than all that it is used for. */
	const spare: Limit[] = [];
	const waitForTurn = perSecond === undefined ? undefined : makePace(perSecond, signal);
	return {
		hold(address) {
			const shared = byAddress.get(address) ?? {limit: spare.pop() ?? makeLimit(maxConnections, waitForTurn), holders: 0};
			byAddress.set(address, shared);
			shared.holders += 1;
			return {
				limit: shared.limit,
				release() {
					shared.holders -= 1;
					if (shared.holders === 0) {
						byAddress.delete(address);
						spare.push(shared.limit);
					}
				},
			};
		},
	};
}

/**
p-limit would do, but it makes seven promises for each task, whether there is room or not (docs/performance.md). It has its place where targets wait for each other.
*/
function makeLimit(most: number, waitForTurn: (() => Promise<void>) | undefined): Limit {
	const waiting: (() => void)[] = [];
	let running = 0;

	/** Who ends hands its place on. */
	const leave = (): void => {
		const next = waiting.shift();
		if (next === undefined) {
			running -= 1;
		} else {
			next();
		}
	};

	const enter = (): Promise<void> | undefined => {
		if (running >= most) {
			return new Promise(resolve => {
				waiting.push(resolve);
			});
		}

		running += 1;
		return undefined;
	};

	const wait = async <Value>(turn: Promise<void> | undefined, task: () => Promise<Value>): Promise<Value> => {
		try {
			await turn;
			await waitForTurn?.();
			return await task();
		} finally {
			leave();
		}
	};

	return task => {
		const turn = enter();
		if (turn !== undefined || waitForTurn !== undefined) {
			return wait(turn, task);
		}

		const result = task();
		result.then(leave, leave);
		return result;
	};
}

/**
Turns that are spread evenly over time, so that a limit of ten a second is not ten at once.

@param perSecond - May be a fraction: 0.5 is one every two seconds.
*/
export function makePace(perSecond: number, signal?: AbortSignal): () => Promise<void> {
	const gapMs = 1000 / perSecond;
	let next = 0;
	return async () => {
		const now = performance.now();
		const turn = Math.max(next, now);
		next = turn + gapMs;
		await rest(turn - now, signal);
	};
}
