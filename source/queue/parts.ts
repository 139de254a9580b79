import type {Listed} from '../lists/list-targets.js';

/** Targets of a list whose positions lie in the same part of it. */
export type Part = {
	/** The targets at positions from `number * size` on, below `(number + 1) * size`. */
	readonly number: number;
	readonly items: readonly Listed[];
};

export type PartReader = {
	/** @returns The next part that is complete; undefined if there is none yet, or no more. */
	readonly take: () => Part | undefined;
	/** Whether `take` returns a part now. */
	readonly isReady: () => boolean;
	/** Whether everything was taken. */
	readonly isOver: () => boolean;
	/** What was read and not taken. Later ones are left in the list. */
	readonly stop: () => readonly Listed[];
	/** Rejects if the list cannot be read. */
	readonly failed: Promise<never>;
};

/** So many parts are read before the first of them is taken: several are given to the queue at once. */
const partsAhead = 8;
const usualSilentMs = 500;

/**
Cut a list into parts by position, so that the same list has the same parts in every run, whatever is done of it.

@param onMore - Called when there may be something to take.
@param silentMs - A part is handed over although it is not complete, if the list is silent for this time: it may be typed.
*/
export function readParts(listed: AsyncIterable<Listed>, size: number, onMore: () => void, silentMs = usualSilentMs): PartReader {
	let items: Listed[] = [];
	let isAtEnd = false;
	let isStopped = false;
	let isReading = false;
	let isSilent = false;
	let resume = (): void => {};
	let fail = (_error: unknown): void => {};
	const failed = new Promise<never>((_resolve, reject) => {
		fail = reject;
	});
	failed.catch(() => {});
	const numberOf = ({position}: Listed): number => Math.floor(position / size);
	const isFirstComplete = (): boolean => items.length > 0 && (isAtEnd || isSilent || numberOf(items[0]!) !== numberOf(items.at(-1)!));

	const read = async (): Promise<void> => {
		const timer = setTimeout(() => {
			// A list that is not read, because there is enough, is not silent.
			isSilent = isReading;
			onMore();
		}, silentMs);
		const iterator = listed[Symbol.asyncIterator]();
		while (!isStopped) {
			if (items.length > size * partsAhead) {
				await new Promise<void>(resolve => {
					resume = resolve;
				});
				continue;
			}

			timer.refresh();
			isReading = true;
			const next = await iterator.next();
			isReading = false;
			if (isStopped) {
				break;
			}

			if (next.done) {
				break;
			}

			isSilent = false;
			items.push(next.value);
			if (isFirstComplete()) {
				onMore();
			}
		}

		clearTimeout(timer);
		isAtEnd = true;
		onMore();
	};

	void read().catch(fail);
	return {
		take() {
			if (!isFirstComplete()) {
				return undefined;
			}

			const number = numberOf(items[0]!);
			const end = items.findIndex(item => numberOf(item) !== number);
			const part = {number, items: items.slice(0, end === -1 ? items.length : end)};
			items = end === -1 ? [] : items.slice(end);
			resume();
			return part;
		},
		isReady: isFirstComplete,
		isOver: () => isAtEnd && items.length === 0,
		stop() {
			isStopped = true;
			resume();
			return items.splice(0);
		},
		failed,
	};
}
