import {nearest} from './nearest.js';

export type ParsedWord<Word extends string> =
	| {readonly kind: 'word'; readonly word: Word}
	| {readonly kind: 'invalid' /** What is taken instead: goes behind the name of what takes it. */; readonly problem: string};

/** One of a fixed set of words, in small or capital letters. What is none of them comes with the one that was probably meant. */
export function parseWord<const Word extends string>(text: string, words: readonly Word[]): ParsedWord<Word> {
	const word = words.find(item => item === text.trim().toLowerCase());
	if (word !== undefined) {
		return {kind: 'word', word};
	}

	const meant = nearest(text, words);
	const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
	return {kind: 'invalid', problem: `takes ${words.join(', ')}, not ${JSON.stringify(text)}${hint}`};
}
