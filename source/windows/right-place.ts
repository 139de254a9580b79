import {nearest} from '../bytes/nearest.js';
import {type KnownKey, knownKeys} from './known-keys.js';

/** Letters and digits alone: what blanks, dots, dashes and backslashes are easily lost from or put into. */
export const squash = (text: string): string => text.toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]/gu, '');

const bySquashed: ReadonlyMap<string, KnownKey> = new Map(knownKeys.map(item => [squash(item.path), item]));

const knownSegmented = knownKeys.map(key => ({
	key,
	segments: key.path.toLowerCase().split('\\'),
	values: key.values.map(value => value.toLowerCase()),
}));

/**
The key that was meant by one that is not known, by the names of its values.

One stretch of the path may differ: a level too many, one too few, two in the wrong order, another hive, or letters.
*/
export function rightPlace(path: string, names: readonly string[]): KnownKey | undefined {
	const squashed = bySquashed.get(squash(path));
	if (squashed !== undefined) {
		return squashed;
	}

	const segments = path.toLowerCase().split('\\');
	let moved: KnownKey | undefined;
	const spellings: {readonly key: KnownKey; readonly word: string; readonly meant: string}[] = [];
	for (const {key, segments: knownSegments, values} of knownSegmented) {
		if (Math.abs(segments.length - knownSegments.length) > 1 || !values.some(value => names.includes(value))) {
			continue;
		}

		const {mine, other} = difference(segments, knownSegments);
		if (isSwapped(mine, other)) {
			return key;
		}

		if (isMoved(mine, other)) {
			moved ??= key;
		} else if (mine.length === other.length && mine.length <= 2) {
			spellings.push({key, word: mine.join('\\'), meant: other.join('\\')});
		}
	}

	return moved ?? spellings.find(({word, meant}) => isSpelling(word, meant))?.key;
}

/** What differs between two paths in lower case, once the same beginnings and ends are taken off. */
function difference(one: readonly string[], two: readonly string[]): {readonly mine: readonly string[]; readonly other: readonly string[]} {
	const shorter = Math.min(one.length, two.length);
	let start = 0;
	while (start < shorter && one[start] === two[start]) {
		start++;
	}

	let end = 0;
	while (end < shorter - start && one.at(-1 - end) === two.at(-1 - end)) {
		end++;
	}

	return {mine: one.slice(start, one.length - end), other: two.slice(start, two.length - end)};
}

function isSwapped(mine: readonly string[], other: readonly string[]): boolean {
	const inOrder = (items: readonly string[]): string =>
		items
			.map(item => item.toLowerCase())
			.toSorted()
			.join('\\');
	return mine.length === 2 && inOrder(mine) === inOrder(other);
}

/** A level too many or too few, or another hive. */
function isMoved(mine: readonly string[], other: readonly string[]): boolean {
	const isHive = (items: readonly string[]): boolean => items.length === 1 && items[0]!.startsWith('hkey_');
	return mine.length + other.length === 1 || (isHive(mine) && isHive(other));
}

/** Versions and lengths differ by their digits, so that these have to agree; a long number may lack one or have one wrong. */
export function isSpelling(word: string, meant: string): boolean {
	const [written, right] = [word.toLowerCase(), meant.toLowerCase()];
	const [digits, rightDigits] = [digitsOf(written), digitsOf(right)];
	const isSameNumber =
		digits === rightDigits || (rightDigits.length >= 7 && rightDigits !== right && nearest(digits, [rightDigits], 1) !== undefined);
	const isStart = written.length >= 3 && right.startsWith(`${written}`) && /\d/.test(written);
	return isStart || (isSameNumber && nearest(written, [right], Math.min(3, Math.floor(written.length / 3))) !== undefined);
}

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');
