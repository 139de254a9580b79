/**
Slots for values that come and go by the thousand.

A `Set` or `Map` leaves its old table behind each time it grows. The old table refers to the new one and to all its values. Old tables survive young
collections, and so keep alive everything that was ever in them.
*/
export type SlotMap<Value extends object> = {
	/** @returns Its slot until it is removed. */
	readonly add: (value: Value) => number;
	readonly get: (slot: number) => Value | undefined;
	/** Frees the slot, if this value is still in it. */
	readonly remove: (slot: number, value: Value) => void;
	/** The present values. */
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
