import {type Entry, noOverrides} from './entry.js';
import {defineFormat} from './format.js';
import {makeEntries, makeInvalid} from './targets/make-entries.js';
import {createLineSplitter, longestLine} from './text/split-lines.js';

const plain = {overrides: noOverrides};

/**
One target a line, as `readExpression` has them. A comment starts at a `#` that begins a line or follows white space.

Several targets on one line are an invalid line: what stands behind a target is more often a remark than another target.
*/
export default defineFormat({
	name: 'lines',
	recognises: () => true,
	open(file) {
		const splitter = createLineSplitter();
		let line = 0;

		const read = (text: string, entries: Entry[]): void => {
			line += 1;
			const content = withoutComment(text);
			if (content === '') {
				return;
			}

			const source = {file, line};
			if (text.length > longestLine) {
				entries.push(makeInvalid(content, `a line of more than ${longestLine} characters`, source));
			} else {
				entries.push(...makeEntries(content, source, plain));
			}
		};

		return {
			push(text) {
				const entries: Entry[] = [];
				for (const item of splitter.push(text)) {
					read(item, entries);
				}

				return entries;
			},
			end(cut) {
				const entries: Entry[] = [];
				if (cut === undefined) {
					read(splitter.rest, entries);
				} else {
					entries.push(makeInvalid(splitter.rest, cut, {file, line: line + 1}));
				}

				return entries;
			},
		};
	},
});

const withoutComment = (line: string): string => (line.includes('#') ? line.replace(/(?:^|\s)#.*$/s, '') : line).trim();
