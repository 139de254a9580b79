import type {Entry, EntrySource} from '../../entry.js';
import {makeInvalid} from '../../targets/make-entries.js';
import type {FormatReader} from '../format.js';
import {createLineSplitter, longestLine} from './split-lines.js';

/**
The reader of a format of lines.

@param read - Takes a line, without what ends it.
@param finish - What is left to say when there are no more lines.
*/
export function readByLine(
	file: string,
	read: (text: string, source: EntrySource) => readonly Entry[],
	finish: () => readonly Entry[] = () => [],
): FormatReader {
	const splitter = createLineSplitter();
	let line = 0;
	const take = (text: string): readonly Entry[] => {
		line += 1;
		const source = {file, line};
		return text.length > longestLine ? [makeInvalid(text, `a line of more than ${longestLine} characters`, source)] : read(text, source);
	};

	return {
		push: text => splitter.push(text).flatMap(take),
		end(cut) {
			const last = cut === undefined ? take(splitter.rest) : [];
			const problem = cut === undefined ? [] : [makeInvalid(splitter.rest, cut, {file, line: line + 1})];
			return [...last, ...finish(), ...problem];
		},
	};
}
