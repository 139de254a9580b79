import {UsageError} from '../command.js';
import {nearest} from '../nearest.js';

/**
Words from a fixed set, given one by one or separated by commas.

@throws {UsageError} For another word, with the one that was probably meant.
*/
export function readWords<const Word extends string>(flag: string, texts: readonly string[], words: readonly Word[]): Word[] {
	return texts
		.flatMap(text => text.split(','))
		.map(text => {
			const found = words.find(word => word === text.trim().toLowerCase());
			if (found === undefined) {
				const meant = nearest(text, words);
				throw new UsageError(
					`${flag} takes ${words.join(', ')}, not ${JSON.stringify(text)}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
				);
			}

			return found;
		});
}
