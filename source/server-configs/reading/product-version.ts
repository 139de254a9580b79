import type {Decide} from './alternatives.js';

/** The version of a product, as far as it is known: `2.4` is any of 2.4. A development version has -1 where its release has 0. */
export type ProductVersion = readonly number[];

/** Read `2.4.58`, `1.27` or `3.5-dev5`. Undefined for anything else. */
export function readProductVersion(text: string): ProductVersion | undefined {
	const [, numbers, development] = /^v?(\d{1,5}(?:\.\d{1,5}){0,3})(-dev\d*)?(?:[-+~]\S*)?$/i.exec(text.trim()) ?? [];
	const places = numbers?.split('.').map(Number);
	return places === undefined || development === undefined ? places : [places[0]!, places[1] ?? 0, -1];
}

/** Whether a version is another one or later. Undefined where that depends on places that are not known. */
export function isAtLeast(version: ProductVersion, other: ProductVersion): boolean | undefined {
	for (const [index, wanted] of other.entries()) {
		const found = version[index];
		if (found === undefined) {
			return other.slice(index).every(place => place === 0) ? true : undefined;
		}

		if (found !== wanted) {
			return found > wanted;
		}
	}

	return true;
}

/** What a reader is told beside the files. */
export type ConfigurationOptions = {
	/** The version that runs the configuration; undefined where it is not known. Asked for only where something depends on it. */
	readonly version?: (() => ProductVersion | undefined) | undefined;
};

export type AskVersion = {
	/**
	Whether the product is of a version or later.

	@param words - How to name the question for a person, where it stays open.
	*/
	readonly isAtLeast: (other: ProductVersion, words: string) => boolean;
	/** The same for a question that holds for versions before that one. */
	readonly isBefore: (other: ProductVersion, words: string) => boolean;
	/** Takes it that the version is this or later, for the files have what earlier ones would not start with. */
	readonly suppose: (other: ProductVersion) => void;
};

/**
Questions about the version, for one way to read a configuration. Where the version is not known, `decide` says; answers that contradict each
other are not given.

@param oldest - The version that the reader's rules begin with.
*/
export function askVersion({version}: ConfigurationOptions, decide: Decide, oldest: ProductVersion): AskVersion {
	let [lowest, supposed]: [ProductVersion, ProductVersion | undefined] = [oldest, undefined];
	let tooHigh: ProductVersion | undefined;
	const ask = (other: ProductVersion, answer: () => boolean): boolean => {
		if (supposed !== undefined && isAtLeast(supposed, other)) {
			return true;
		}

		const known = version?.();
		const decided = (known && isAtLeast(known, other)) ?? (isAtLeast(lowest, other) || undefined);
		if (decided !== undefined) {
			return decided;
		}

		if (tooHigh !== undefined && isAtLeast(other, tooHigh)) {
			return false;
		}

		const isMet = answer();
		if (isMet) {
			lowest = other;
		} else {
			tooHigh = other;
		}

		return isMet;
	};
	return {
		suppose(other) {
			supposed = supposed !== undefined && isAtLeast(supposed, other) ? supposed : other;
		},
		isAtLeast: (other, words) => ask(other, () => decide(words)),
		isBefore: (other, words) => !ask(other, () => !decide(words)),
	};
}
