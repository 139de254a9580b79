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
	/** Whether everything was taken. */
	readonly isOver: () => boolean;
	/** What was read and not taken. Later ones are left in the list. */
	readonly stop: () => readonly Listed[];
	/** Rejects if the list cannot be read. */
	readonly failed: Promise<never>;
};

/** A part is handed over although it is not complete, if the list is silent for this time: it may be typed. */
const silentMs = 500;

/**
Cut a list into parts by position, so that the same list has the same parts in every run, whatever is done of it.

@param onMore - Called when there may be something to take.
*/
export function readParts(listed: AsyncIterable<Listed>, size: number, onMore: () => void): PartReader {
	let items: Listed[] = [];
	let isAtEnd = false;
	let isStopped = false;
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
			isSilent = items.length > 0;
			onMore();
		}, silentMs);
		const iterator = listed[Symbol.asyncIterator]();
		while (!isStopped) {
			if (items.length > size) {
				await new Promise<void>(resolve => {
					resume = resolve;
				});
				continue;
			}

			timer.refresh();
			const next = await iterator.next();
			if (isStopped) {
				break;
			}

			if (next.done) {
				break;
			}

			isSilent = false;
			items.push(next.value);
			if (items.length > size || isFirstComplete()) {
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
			isSilent = false;
			resume();
			return part;
		},
		isOver: () => isAtEnd && items.length === 0,
		stop() {
			isStopped = true;
			resume();
			return items.splice(0);
		},
		failed,
	};
}
