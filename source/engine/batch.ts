import pLimit from 'p-limit';
import {startsPerTurn, yieldToEventLoop} from './yield-to-event-loop.js';

/**
Those that have run for `afterMs` are waiting for their server, and do not count: silent hosts must not keep the others from
their turn. No more than `most` run at once with them.
*/
export type Slow = {
	readonly afterMs: number;
	readonly most: number;
	/** Whether this machine is busy. What runs is slow for that reason then, and more at once would be slower still: all count. */
	readonly isBusy?: (() => boolean) | undefined;
};

export type BatchOptions = {
	/** How many run at once. */
	readonly concurrency: number;
	readonly slow?: Slow | undefined;
	/** Hand results over in the order of the inputs instead of as they come. */
	readonly isOrdered?: boolean | undefined;
	/** Stops pulling inputs; what is running is left to end. An input that comes later is not looked at. */
	readonly signal?: AbortSignal | undefined;
};

/** How many times in `afterMs` a busy machine is looked at again. */
const looksPerWait = 10;

/** With `isOrdered`, how many results may wait for one that is late, for each that runs. */
const mostWaiting = 8;

/**
Run a task for every input, a bounded number at once, and hand over each result as soon as it is known.

Inputs are pulled one at a time and only when there is room, results are not gathered: neither a long list nor a slow consumer
makes memory grow. A few start a turn of the event loop: where there is more to do than the processor can, what runs comes first, and no
more is begun than is needed to keep it busy.

@throws What `run` throws, or the inputs.
*/
export async function* batch<Input, Result>(
	inputs: Iterable<Input> | AsyncIterable<Input>,
	run: (input: Input) => Promise<Result>,
	{concurrency, slow, isOrdered = false, signal}: BatchOptions,
): AsyncGenerator<Result, void, void> {
	const most = Math.max(concurrency, slow?.most ?? 0);
	const limit = pLimit(most);
	const iterator = Symbol.asyncIterator in inputs ? inputs[Symbol.asyncIterator]() : inputs[Symbol.iterator]();
	const finished = makeFinished<Result>(isOrdered);
	const failures: unknown[] = [];
	let started = 0;
	let running = 0;
	let slowOnes = 0;
	let isPulling = false;
	let isExhausted = false;
	/** The caller takes no more results. */
	let isLeft = false;
	let wake = (): void => {};

	const hasRoom = (): boolean =>
		running - slowOnes < concurrency &&
		running < most &&
		finished.size < (isOrdered ? most * mostWaiting : most) &&
		!isExhausted &&
		!signal?.aborted;

	const start = async (input: Input, place: number): Promise<void> => {
		let isSlow = false;
		const forget = whenSlow(slow, () => {
			isSlow = true;
			slowOnes += 1;
			pullMore();
		});
		try {
			finished.add(place, await limit(run, input));
		} catch (error) {
			failures.push(error);
		}

		forget();
		slowOnes -= isSlow ? 1 : 0;
		running -= 1;
		wake();
		pullMore();
	};

	/** Without a promise where there is nothing to do. */
	const pullMore = (): void => {
		if (!isPulling && hasRoom()) {
			void pull();
		}
	};

	// An input that is long in coming must not hold up results that are known.
	const pull = async (): Promise<void> => {
		isPulling = true;
		try {
			while (hasRoom()) {
				const next = await iterator.next();
				if (next.done) {
					isExhausted = true;
				} else if (!isLeft) {
					running += 1;
					void start(next.value, started);
					started += 1;
					if (started % startsPerTurn === 0) {
						await yieldToEventLoop();
					}
				}
			}
		} catch (error) {
			failures.push(error);
			isExhausted = true;
		}

		isPulling = false;
		wake();
	};

	const onAbort = (): void => wake();
	signal?.addEventListener('abort', onAbort);
	try {
		for (;;) {
			pullMore();
			if (failures.length > 0) {
				throw failures[0];
			}

			const next = finished.take();
			if (next !== undefined) {
				yield next.result;
			} else if (running > 0 || (isPulling && !signal?.aborted)) {
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			} else if (isExhausted || signal?.aborted) {
				return;
			}
		}
	} finally {
		signal?.removeEventListener('abort', onAbort);
		isLeft = true;
		isExhausted = true;
		// Not waited for: an input that is still to come may never be.
		void Promise.resolve(iterator.return?.()).catch(() => {});
	}
}

/**
Call back once when what begins now counts as slow.

@returns What takes it back: to be called when it has ended.
*/
export function whenSlow(slow: Slow | undefined, onSlow: () => void): () => void {
	if (slow === undefined) {
		return () => {};
	}

	const look = (): void => {
		if (slow.isBusy?.()) {
			timer = setTimeout(look, slow.afterMs / looksPerWait);
		} else {
			onSlow();
		}
	};

	let timer = setTimeout(look, slow.afterMs);
	return () => clearTimeout(timer);
}

/** Results that the caller has not taken yet: handed over as they come, or by their places. */
function makeFinished<Result>(isOrdered: boolean) {
	const results: ({readonly result: Result} | undefined)[] = [];
	let size = 0;
	let firstPlace = 0;
	return {
		get size() {
			return size;
		},
		add(place: number, result: Result): void {
			results[isOrdered ? place - firstPlace : size] = {result};
			size += 1;
		},
		take(): {readonly result: Result} | undefined {
			const first = results[0];
			if (first !== undefined) {
				results.shift();
				firstPlace += 1;
				size -= 1;
			}

			return first;
		},
	};
}
