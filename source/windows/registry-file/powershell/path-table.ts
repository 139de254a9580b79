import type {ReadProblem, RegistryChange} from '../value.js';
import {type FoundChanges, isRule, keyAboveCut, keyOfPath, nothing, type OutputLine, wider} from './lines.js';
import {changeOf} from './value-of-text.js';

/** The table of Path, Name and Value that the script on Microsoft's page for Entra Connect prints. */
export function readPathTable(lines: readonly OutputLine[]): FoundChanges {
	const changes: RegistryChange[] = [];
	const problems: ReadProblem[] = [];
	const used: number[] = [];
	let isInside = false;
	let dashes: number | undefined;
	for (const [index, {text, number}] of lines.entries()) {
		if (isHeader(text) && isRule(lines[index + 1]?.text)) {
			isInside = true;
			dashes = number + 1;
			used.push(number, number + 1);
			continue;
		}

		if (!isInside || !/^\s*(?:HK|Registry::|Microsoft\.PowerShell)/i.test(text)) {
			// The table goes on behind blank lines, which a mail may put between its rows.
			isInside = isInside && (text.trim() === '' || number === dashes);
			continue;
		}

		used.push(number);
		const row = readRow(text);
		if (row.problem !== undefined) {
			problems.push({line: number, problem: row.problem});
		}

		changes.push(...row.changes);
	}

	return used.length === 0 ? nothing : {changes, problems, used};
}

const isHeader = (text: string): boolean => /^path name value$/i.test(text.trim().split(/\s+/).join(' '));

type Row = {readonly changes: readonly RegistryChange[]; readonly problem?: string};

function readRow(text: string): Row {
	const words = text.trim().split(/(\s+)/);
	const isMissing = /^not$/i.test(words.at(-3) ?? '') && /^found$/i.test(words.at(-1)!);
	const size = isMissing ? 3 : 1;
	const value = words.slice(-size).join('');
	const name = words.at(-size - 2) ?? '';
	const path = words.slice(0, -size - 3).join('');
	const key = keyOfPath(path);
	if (key !== undefined && /^[\w.-]{1,64}$/.test(name)) {
		return {changes: [{kind: 'key', key}, changeOf(key, name, value)]};
	}

	const above = keyAboveCut(path);
	if (above !== undefined && path !== '' && key === undefined) {
		return {
			changes: [{kind: 'unread', key: above, reason: 'a path below it is cut off'}],
			problem: `the path is cut off; ${wider}`,
		};
	}

	// A row without a value ends with the name.
	const bare = keyOfPath(words.slice(0, -2).join(''));
	return {
		changes: bare === undefined ? [] : [{kind: 'unread', key: bare, name: value, reason: 'no value is shown'}],
		problem: 'not a row of a path, a name and a value',
	};
}
