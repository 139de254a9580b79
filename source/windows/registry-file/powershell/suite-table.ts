import {type FoundChanges, isRule, joined, nothing, type OutputLine} from './lines.js';
import {suiteList} from './lists.js';

/** `Get-TlsCipherSuite | Format-Table Name`, its whole table, or `(Get-TlsCipherSuite).Name`: one suite a line, in order. */
export function readSuiteTable(lines: readonly OutputLine[]): FoundChanges {
	const start = lines.findIndex(({text}, index) => isHeader(text) && isRule(lines[index + 1]?.text));
	const rows = start === -1 ? lines : lines.slice(start + 2);
	const found: OutputLine[] = [];
	for (const line of rows) {
		const name = suiteOf(line.text);
		if (name !== undefined) {
			found.push({...line, text: name});
		} else if (line.text.trim() !== '') {
			break;
		}
	}

	// Without a header only a file of nothing but names is certain to be a list.
	const isWhole = start !== -1 || found.length === lines.filter(({text}) => text.trim() !== '').length;
	if (found.length === 0 || !isWhole) {
		return nothing;
	}

	const header = start === -1 ? [] : [lines[start]!.number, lines[start + 1]!.number];
	const list = suiteList(
		found.map(({text}) => text),
		found.find(({text}) => !/^[A-Z\d_]+$/.test(text))?.number,
	);
	return joined([{...list, used: [...header, ...found.map(({number}) => number)]}]);
}

const isHeader = (text: string): boolean => {
	const words = text.trim().split(/\s+/);
	return (
		words.includes('Name') &&
		(words.length === 1 || words.some(word => /^(?:KeyType|Certificate|Exchange|Cipher|CipherSuite|Hash)/.test(word)))
	);
};

/** The name of a suite, which is a word of the row by itself; also one that is cut. */
const suiteOf = (text: string): string | undefined =>
	text
		.trim()
		.split(/\s+/)
		.find(word => /^(?:TLS|SSL)_\w+(?:\.\.\.|\u2026)?$/.test(word));
