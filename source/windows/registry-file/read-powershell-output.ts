import {readChildItems} from './powershell/child-items.js';
import {joined, type OutputLine} from './powershell/lines.js';
import {readLists} from './powershell/lists.js';
import {readPathTable} from './powershell/path-table.js';
import {readSuiteTable} from './powershell/suite-table.js';
import type {Parsed} from './value.js';

/** Longer lines are none that a person's window printed. */
const mostCharacters = 20_000;

/**
Read what PowerShell prints of the registry: Microsoft's table for Entra Connect, `Get-ItemProperty`, `Get-ChildItem` and
`Get-TlsCipherSuite`, in any mix and in any language.

@param isOthers - Whether a line is of another command, whose output stands in the same file.
@returns Undefined where it is nothing of these.
*/
export function readPowershellOutput(text: string, isOthers: (line: string) => boolean = () => false): Parsed | undefined {
	const lines = linesOf(text);
	const table = readPathTable(lines);
	const children = readChildItems(lines);
	const taken = new Set([...table.used, ...children.used]);
	const rest = lines.map(line => (taken.has(line.number) ? {...line, text: ''} : line));
	const found = joined([table, children, readLists(rest), readSuiteTable(rest)]);
	if (found.changes.length === 0 && found.problems.length === 0) {
		return undefined;
	}

	const used = new Set(found.used);
	const passedOver = lines
		.filter(
			({text: line, number}) => !used.has(number) && /\bHK(?:LM|CU|EY_[A-Z_]{1,20}):?\\/i.test(line) && !isCommand(line) && !isOthers(line),
		)
		.map(({number}) => ({line: number, problem: 'a key of the registry in a line that could not be read'}));
	return {
		changes: found.changes,
		problems: [...found.problems, ...passedOver].toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0)),
	};
}

/** What was typed, which a transcript holds as well. */
const isCommand = (line: string): boolean => /^\s{0,20}(?:PS\b|>>|[#$]|(?:Get|Set|New|Test|Select|Invoke)-|reg(?:\.exe)? )/i.test(line);

const linesOf = (text: string): readonly OutputLine[] =>
	text.split(/\r\n|\n|\r/).map((line, index) => ({
		// Colours of PowerShell 7.
		text: line.slice(0, mostCharacters).replaceAll(/\u001B\[[\d;]{0,20}m/g, ''),
		number: index + 1,
	}));
