import {parseWord} from '../../bytes/parse-word.js';
import {UsageError} from '../command.js';

/**
Words from a fixed set, given one by one or separated by commas.

@throws {UsageError} For another word, with the one that was probably meant.
*/
export function readWords<const Word extends string>(flag: string, texts: readonly string[], words: readonly Word[]): Word[] {
	return texts
		.flatMap(text => text.split(','))
		.map(text => {
			const parsed = parseWord(text, words);
			if (parsed.kind === 'invalid') {
				throw new UsageError(`${flag} ${parsed.problem}`);
			}

			return parsed.word;
		});
}
