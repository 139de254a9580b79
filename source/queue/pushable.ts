/** A list that grows while it is read. */
export type Pushable<Item> = AsyncIterable<Item> & {
	readonly push: (items: readonly Item[]) => void;
	/** What was pushed and not read yet. */
	readonly size: number;
	/** No more comes. @returns What was not read. */
	readonly end: () => readonly Item[];
};

export function makePushable<Item>(): Pushable<Item> {
	let items: Item[] = [];
	let place = 0;
	let isEnded = false;
	let waiting: ((result: IteratorResult<Item, undefined>) => void) | undefined;

	const take = (): IteratorResult<Item, undefined> => {
		const value = items[place]!;
		place += 1;
		if (place === items.length) {
			items = [];
			place = 0;
		}

		return {done: false, value};
	};

	const next = (): Promise<IteratorResult<Item, undefined>> => {
		if (items.length > 0) {
			return Promise.resolve(take());
		}

		return isEnded
			? Promise.resolve({done: true, value: undefined})
			: new Promise(resolve => {
					waiting = resolve;
				});
	};

	return {
		push(more) {
			items = place === 0 ? [...items, ...more] : [...items.slice(place), ...more];
			place = 0;
			if (items.length > 0 && waiting !== undefined) {
				const resolve = waiting;
				waiting = undefined;
				resolve(take());
			}
		},
		get size() {
			return items.length - place;
		},
		end() {
			isEnded = true;
			const left = items.slice(place);
			items = [];
			place = 0;
			waiting?.({done: true, value: undefined});
			waiting = undefined;
			return left;
		},
		[Symbol.asyncIterator]: () => ({next}),
	};
}
