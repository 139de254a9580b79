import {type Entry, noOverrides} from '../entry.js';
import {makeEntries, makeInvalid} from '../targets/make-entries.js';
import {defineFormat} from './format.js';
import {isSection, readIni} from './inventory/read-ini.js';
import {createLineSplitter, longestLine} from './text/split-lines.js';

const plain = {overrides: noOverrides};

/**
One target a line, as `readExpression` has them. A comment starts at a `#` that begins a line or follows white space.

Several targets on one line are an invalid line: what stands behind a target is more often a remark than another target. From a line
such as `[group]` on, it is an inventory of Ansible, which may begin with hosts of no group.
*/
export default defineFormat({
	name: 'lines',
	recognises: () => true,
	open(file, options) {
		const splitter = createLineSplitter();
		let line = 0;
		let ini: ReturnType<typeof readIni> | undefined;

		const read = (text: string, entries: Entry[]): void => {
			line += 1;
			const source = {file, line};
			const content = withoutComment(text);
			if (content === '') {
				return;
			}

			if (text.length > longestLine) {
				entries.push(makeInvalid(content, `a line of more than ${longestLine} characters`, source));
				return;
			}

			if (content.startsWith('[') && isSection(content)) {
				ini ??= readIni(options);
			}

			entries.push(...(ini === undefined ? makeEntries(content, source, plain) : ini.line(content, source)));
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
				}

				entries.push(...(ini?.end() ?? []));
				if (cut !== undefined) {
					entries.push(makeInvalid(splitter.rest, cut, {file, line: line + 1}));
				}

				return entries;
			},
		};
	},
});

const withoutComment = (line: string): string => (line.includes('#') ? line.replace(/(?:^|\s)#.*$/s, '') : line).trim();
