/**
Places for what comes and goes by the thousand.

A `Set` or `Map` would do, but for this: each time that it makes room, it leaves its old table behind, which refers to its new one and to
all that was in it. Old tables outlive young collections, and so keep everything alive that ever passed through.
*/
export type SlotMap<Value extends object> = {
	/** @returns The slot it is in until it is removed. */
	readonly add: (value: Value) => number;
	readonly get: (slot: number) => Value | undefined;
	/** Empties the slot for another value, if this one is still in it. */
	readonly remove: (slot: number, value: Value) => void;
	/** Those that are there now. */
	readonly values: () => readonly Value[];
};

export function makeSlotMap<Value extends object>(): SlotMap<Value> {
	const values: (Value | undefined)[] = [];
	const free: number[] = [];
	return {
		add(value) {
			const slot = free.pop() ?? values.length;
			values[slot] = value;
			return slot;
		},
		get: slot => values[slot],
		remove(slot, value) {
			if (values[slot] === value) {
				values[slot] = undefined;
				free.push(slot);
			}
		},
		values: () => values.filter(value => value !== undefined),
	};
}
