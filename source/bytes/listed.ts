/** Words in a row, as a sentence has them: `a, b and c`. */
export const listed = (words: readonly string[], last = 'and'): string =>
	words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
