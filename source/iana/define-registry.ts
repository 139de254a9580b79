import {hexNumber} from '../bytes/hex.js';

export type CodePoint = {readonly code: number; readonly name: string};

/** A named table of code points. Looking up an unknown code is normal, never an error. */
export type CodeRegistry<Item extends CodePoint> = {
	readonly entries: readonly Item[];
	get(code: number): Item | undefined;
	code(name: Item['name']): number;
	/** The name, or the code in hexadecimal where there is none. */
	label(code: number): string;
};

/**
@param size - How many bytes a code takes on the wire.
@param entries - In the order of their codes. If two share a name, `code()` returns the later one.
*/
export function defineRegistry<const Item extends CodePoint>(size: 1 | 2, entries: readonly Item[]): CodeRegistry<Item> {
	let byCode: Map<number, Item> | undefined;
	let byName: Map<string, Item> | undefined;
	const get = (code: number): Item | undefined => {
		byCode ??= new Map(entries.map(entry => [entry.code, entry]));
		return byCode.get(code);
	};

	return {
		entries,
		get,
		code(name) {
			byName ??= new Map(entries.map(entry => [entry.name, entry]));
			return byName.get(name)!.code;
		},
		label: code => get(code)?.name ?? hexNumber(code, size),
	};
}
