import type {ReadProblem, RegistryChange} from '../value.js';
import {type FoundChanges, isCut, isRule, joinWrapped, keyOfPath, nothing, type OutputLine, wider} from './lines.js';
import {changeOf} from './value-of-text.js';

/** What `Get-ChildItem -Recurse` and `Get-Item` print of the registry: the key above, and for each key below it its values. */
export function readChildItems(lines: readonly OutputLine[]): FoundChanges {
	const changes: RegistryChange[] = [];
	const problems: ReadProblem[] = [];
	const used: number[] = [];
	let parent: string | undefined;
	let table: {readonly column: number; readonly hasValues: boolean} | undefined;
	let child: string | undefined;
	let field: {name: string; parts: string[]; line: number} | undefined;
	const finish = () => {
		if (field !== undefined && child !== undefined) {
			const value = joinWrapped(field.parts);
			changes.push(changeOf(child, field.name, value));
			if (isCut(value)) {
				problems.push({line: field.line, problem: `the value of ${field.name} is cut off; ${wider}`});
			}
		}

		field = undefined;
	};

	for (let index = 0; index < lines.length; index++) {
		const {text, number} = lines[index]!;
		const hive = /^\s{1,8}\S{1,20}\s?: (?<path>HKEY_.*)$/.exec(text)?.groups?.path;
		if (hive !== undefined) {
			finish();
			const parts = [hive];
			used.push(number);
			while (lines[index + 1] !== undefined && lines[index + 1]!.text.trim() !== '') {
				index++;
				parts.push(lines[index]!.text);
				used.push(lines[index]!.number);
			}

			parent = keyOfPath(joinWrapped(parts));
			[table, child] = [undefined, undefined];
			changes.push(...(parent === undefined ? [] : [{kind: 'key' as const, key: parent}]));
			continue;
		}

		if (parent === undefined || text.trim() === '') {
			continue;
		}

		const dashes = lines[index + 1]?.text ?? '';
		if (/\bName\s+Property\s*$/.test(text) && isRule(dashes) && dashes.includes(' --------')) {
			table = {column: dashes.lastIndexOf('--------'), hasValues: !/^\s*SKC\b/.test(text)};
			used.push(number, number + 1);
			index++;
			continue;
		}

		if (table === undefined) {
			continue;
		}

		used.push(number);
		const left = text.slice(0, table.column).trim();
		const right = text.slice(table.column);
		if (left !== '') {
			finish();
			const name = table.hasValues ? left : left.replace(/^\d+\s+\d+\s+/, '');
			child = isCut(name) || text.charAt(table.column - 1).trim() !== '' ? undefined : `${parent}\\${name}`;
			changes.push(
				child === undefined ? {kind: 'unread', key: parent, reason: 'a key below it is not readable'} : {kind: 'key', key: child},
			);
			if (child === undefined) {
				problems.push({line: number, problem: `not the name of a key in the column of names; ${wider}`});
				continue;
			}
		}

		if (child === undefined || right.trim() === '') {
			continue;
		}

		if (!table.hasValues) {
			changes.push({kind: 'unread', key: child, reason: 'the listing shows names without values'});
			problems.push({line: number, problem: 'names of values without their data, as PowerShell 2.0 lists them; use reg query KEY /s'});
			continue;
		}

		const {name, value} = /^(?<name>[^\s:][^:]{0,100}):(?: (?<value>.*))?$/.exec(right)?.groups ?? {};
		if (name !== undefined) {
			finish();
			field = {name: name.trim(), parts: [value ?? ''], line: number};
		} else if (field !== undefined && /^\s/.test(right)) {
			field.parts.push(right);
		} else {
			problems.push({line: number, problem: 'not a value: a value is Name : Value in the column of properties'});
			changes.push({kind: 'unread', key: child, reason: 'a line below it could not be read'});
		}
	}

	finish();
	return used.length === 0 ? nothing : {changes, problems, used};
}
