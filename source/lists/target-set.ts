import {type Hash, hash} from '../bytes/hash.js';

/** A set of texts that keeps 60 bits of a hash of each. */
export type TargetSet = {
	has(text: string): boolean;
	/**
	Remember a text.

	@returns Whether it was new. Once the set is full, texts that it does not hold stay new.
	*/
	add(text: string): boolean;
	/** How many it holds. */
	readonly size: number;
	/** What its tables take. */
	readonly bytes: number;
	/** Whether something could not be remembered. */
	readonly isFull: boolean;
};

export type TargetSetOptions = {
	readonly maxBytes?: number;
	/** Is called once, when the set becomes full. */
	readonly onFull?: () => void;
};

export const defaultMaxBytes = 64 * 1024 * 1024;

/** A table each, by the first bits of the hash, so that the set grows by small steps. The table need not keep those bits. */
const tableBits = 12;
/** Of 16 bits each: what a table keeps of a hash. */
const wordsPerSlot = 3;
const bytesPerSlot = wordsPerSlot * 2;
/** A table that is fuller than this grows, by as little as keeps what a text takes under 8 bytes. */
const fullest = 0.92;
const growth = 1.2;

type Table = {words: Uint16Array; used: number};

/**
Make a set for telling whether a target came before.

It takes 6.5 to 7.9 bytes a text, and a megabyte as soon as it holds some. Texts are distinguished by 60 bits of their hashes, so a set of
n texts is wrong about one of them with a chance of n^2 / 2^61: for a million 1 in 2 million, for the 9 million that 64 MB hold 1 in 28,000.
Being wrong means to take a new text for one that came before.
*/
export function createTargetSet({maxBytes = defaultMaxBytes, onFull = () => {}}: TargetSetOptions = {}): TargetSet {
	const tables: Array<Table | undefined> = Array.from({length: 2 ** tableBits});
	const current: Hash = {high: 0, low: 0};
	let size = 0;
	let bytes = 0;
	let isFull = false;

	/** A larger table with the same in it, or undefined where there is no memory for it. */
	const grow = (table: Table | undefined): Table | undefined => {
		const slots = table === undefined ? 4 : Math.ceil((table.words.length / wordsPerSlot) * growth);
		const added = slots * bytesPerSlot - (table?.words.byteLength ?? 0);
		if (bytes + added > maxBytes) {
			return undefined;
		}

		bytes += added;
		const larger = {words: new Uint16Array(slots * wordsPerSlot), used: table?.used ?? 0};
		for (let place = 0; table !== undefined && place < table.words.length; place += wordsPerSlot) {
			const [first, second, third] = [table.words[place]!, table.words[place + 1]!, table.words[place + 2]!];
			if (first !== 0) {
				put(larger.words, findPlace(larger.words, first, second, third), first, second, third);
			}
		}

		return larger;
	};

	const locate = (text: string): {number: number; first: number; second: number; third: number} => {
		hash(text, current);
		const first = current.low & 0xffff;
		// Zero marks a place that is free.
		return {
			number: current.high >>> (32 - tableBits),
			first: first === 0 ? 1 : first,
			second: current.low >>> 16,
			third: current.high & 0xffff,
		};
	};

	return {
		has(text) {
			const {number, first, second, third} = locate(text);
			const table = tables[number];
			return table !== undefined && table.words[findPlace(table.words, first, second, third)] !== 0;
		},
		add(text) {
			const {number, first, second, third} = locate(text);
			let table = tables[number];
			if (table !== undefined && table.words[findPlace(table.words, first, second, third)] !== 0) {
				return false;
			}

			if (table === undefined || table.used + 1 > Math.floor((table.words.length / wordsPerSlot) * fullest)) {
				const larger = isFull ? undefined : grow(table);
				if (larger === undefined) {
					if (!isFull) {
						isFull = true;
						onFull();
					}

					return true;
				}

				table = larger;
				tables[number] = table;
			}

			put(table.words, findPlace(table.words, first, second, third), first, second, third);
			table.used += 1;
			size += 1;
			return true;
		},
		get size() {
			return size;
		},
		get bytes() {
			return bytes;
		},
		get isFull() {
			return isFull;
		},
	};
}

/** Where these words stand, or the free place that they would go to. There is always one. */
function findPlace(words: Uint16Array, first: number, second: number, third: number): number {
	const home = Math.floor(((second * 65_536 + first) / 2 ** 32) * (words.length / wordsPerSlot)) * wordsPerSlot;
	let place = home;
	while (words[place] !== 0 && !(words[place] === first && words[place + 1] === second && words[place + 2] === third)) {
		place += wordsPerSlot;
		if (place === words.length) {
			place = 0;
		}
	}

	return place;
}

function put(words: Uint16Array, place: number, first: number, second: number, third: number): void {
	words[place] = first;
	words[place + 1] = second;
	words[place + 2] = third;
}
