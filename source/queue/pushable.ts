/** A list that grows while it is read. */
export type Pushable<Item> = {
	readonly push: (items: readonly Item[]) => void;
	/** What was pushed and not taken yet. */
	readonly size: number;
	/** @returns Whether there is something to take, as soon as that is known: false if no more comes. */
	readonly more: () => Promise<boolean>;
	/** @returns Undefined if there is nothing. */
	readonly take: () => Item | undefined;
	/** No more comes, and what was not taken is not there any more. */
	readonly end: () => void;
};

export function makePushable<Item>(): Pushable<Item> {
	let items: Item[] = [];
	let place = 0;
	let isEnded = false;
	let wake = (): void => {};
	return {
		push(more) {
			items = [...items.slice(place), ...more];
			place = 0;
			wake();
		},
		get size() {
			return items.length - place;
		},
		async more() {
			while (place === items.length && !isEnded) {
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}

			return !isEnded;
		},
		take() {
			const item = items[place];
			place = Math.min(place + 1, items.length);
			return item;
		},
		end() {
			isEnded = true;
			items = [];
			place = 0;
			wake();
		},
	};
}
