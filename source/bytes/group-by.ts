/** Items that share a key, in the order in which each key is first seen. */
export function groupBy<Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key);
		if (group === undefined) {
			groups.set(key, [item]);
		} else {
			group.push(item);
		}
	}

	return groups;
}

/** The first item of each key, in their order. */
export const firstOfEach = <Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key): Item[] =>
	[...groupBy(items, keyOf).values()].map(([first]) => first!);
