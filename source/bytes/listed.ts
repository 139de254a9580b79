/** Words in a row, as a sentence has them: `a, b and c`. */
export const listed = (words: readonly string[], last = 'and'): string =>
	words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;

/**
The first of many: `a, b and 3 more`.

@param most - How many are named.
@param others - How many there are beside those in `words`.
*/
export function listedFew(words: readonly string[], most: number, others = 0, separator = ', '): string {
	const more = Math.max(0, words.length - most) + others;
	return `${words.slice(0, most).join(separator)}${more > 0 ? ` and ${more} more` : ''}`;
}
