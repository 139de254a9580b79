import {fullKey, type Parsed, type ReadProblem, type RegistryChange, type RegistryValue, valueFromBytes} from './value.js';

const headers = {'windows registry editor version 5.00': true, regedit4: false} as const;

/** Whether text starts as an export of regedit does: its header, or at least a key in brackets. */
export function isRegFile(text: string): boolean {
	const first = text
		.slice(0, 10_000)
		.split(/[\r\n]/)
		.map(line => line.trim())
		.find(line => line !== '' && !/^[;#]/.test(line));
	return first !== undefined && /^(?:windows registry editor version \S+|regedit4|\[-?HK.*\])$/i.test(first);
}

/**
Read an export of regedit, REGEDIT4 or version 5.00.

Nothing is thrown: a line that cannot be read is a problem, and the lines around it count.
*/
export function readRegFile(text: string): Parsed {
	const lines = text.split(/\r\n|\n|\r/);
	const changes: RegistryChange[] = [];
	const problems: ReadProblem[] = [];
	let isUnicode = true;
	let hasHeader = false;
	// Undefined before the first key, and below one that cannot be read or is deleted.
	let key: string | undefined;
	let orphans = 0;
	for (let index = 0; index < lines.length; index++) {
		const line = lines[index]!.trim();
		const complain = (problem: string) => problems.push({line: index + 1, problem});
		if (line === '' || /^[;#]/.test(line)) {
			continue;
		}

		const header = headers[line.toLowerCase() as 'regedit4'] as boolean | undefined;
		if (header !== undefined) {
			isUnicode = header;
			hasHeader = true;
			continue;
		}

		if (/^windows registry editor version /i.test(line)) {
			hasHeader = true;
			complain('a header that regedit does not know; it would not import the file');
			continue;
		}

		if (line.startsWith('[')) {
			const read = readKey(line);
			key = read?.kind === 'key' ? read.key : undefined;
			orphans = 0;
			if (read === undefined) {
				const started = startedKey(line);
				complain(
					started?.hasMore
						? 'a key and values on one line, which regedit does not read: write each on its own line'
						: 'not a key: a key is [HKEY_LOCAL_MACHINE\\...] on one line',
				);
				changes.push(
					...(started === undefined ? [] : [{kind: 'unread', key: started.key, reason: `line ${index + 1} is not a key`} as const]),
				);
			} else {
				changes.push(read);
			}

			continue;
		}

		const whole = joinLines(lines, index);
		const value = readValue(whole.text, isUnicode);
		if (value.kind === 'problem') {
			complain(value.problem);
			const name = readName(whole.text)?.name;
			if (key !== undefined && name !== undefined) {
				changes.push({kind: 'unread', key, name, reason: `line ${index + 1} could not be read`});
			}

			continue;
		}

		if (key === undefined) {
			orphans++;
			if (orphans === 1) {
				complain('a value without a key above it');
			}
		} else {
			changes.push(value.name === undefined ? {kind: 'key', key} : changeOf(key, value.name, value.value));
		}

		index = whole.last;
	}

	if (!hasHeader) {
		problems.unshift({line: 1, problem: 'the header is missing: Windows Registry Editor Version 5.00, or REGEDIT4'});
	}

	return {changes, problems};
}

const changeOf = (key: string, name: string, value: RegistryValue | undefined): RegistryChange =>
	value === undefined ? {kind: 'delete-value', key, name} : {kind: 'set', key, name, value};

function readKey(line: string): Extract<RegistryChange, {kind: 'key' | 'delete-key'}> | undefined {
	const match = /^\[(?<minus>-?)(?<path>.+)\]\s*(?:;.*)?$/.exec(line);
	const key = match === null ? undefined : fullKey(match.groups!.path!);
	return key === undefined ? undefined : {kind: match!.groups!.minus === '-' ? 'delete-key' : 'key', key};
}

/** The key that a line starts with, though it is not a key alone. */
function startedKey(line: string): {readonly key: string; readonly hasMore: boolean} | undefined {
	const end = line.indexOf(']');
	const key = fullKey(line.slice(1, end === -1 ? undefined : end));
	return key === undefined ? undefined : {key, hasMore: end !== -1};
}

/** No longer text of a value is looked for: a quote that is never closed must not take in the rest of the file. */
const mostLines = 10_000;

/** A value with all its lines: hexadecimal goes on after a backslash, and text may contain line breaks. */
function joinLines(lines: readonly string[], first: number): {readonly text: string; readonly last: number} {
	const start = lines[first]!.trim();
	if (/^hex/i.test(readName(start)?.rest ?? '')) {
		const parts: string[] = [];
		let last = first;
		for (; last < lines.length; last++) {
			const goesOn = bytesGoOn.exec(lines[last]!.trim());
			parts.push(goesOn === null ? lines[last]! : goesOn.groups!.bytes!);
			if (goesOn === null) {
				break;
			}

			if (startsAnew(lines[last + 1])) {
				// At the end of a file it is cut short, and what is there counts, as in an import.
				parts.push(lines[last + 1] === undefined ? '' : brokenOff);
				break;
			}
		}

		return {text: parts.join(''), last: Math.min(last, lines.length - 1)};
	}

	const text = [lines[first]!.trimStart()];
	for (let last = first; last < Math.min(lines.length, first + mostLines); last++) {
		if (last > first) {
			if (startsAnew(lines[last])) {
				break;
			}

			text.push(lines[last]!);
		}

		if (last > first ? /(?:^|[^\\])(?:\\\\)*"\s*$/.test(lines[last]!) : !isOpenText(start)) {
			return {text: text.join('\n'), last};
		}
	}

	return {text: start, last: first};
}

/** A backslash behind bytes, and perhaps a comment. In a name there are always two, or a quote behind it. */
const bytesGoOn = /^(?<bytes>(?:.*[\da-f:,\s])?)\\\s*(?:;.*)?$/i;

/** Stands where bytes should go on, and is no byte. */
const brokenOff = '...';

/** Whether a line is the start of a key or of a value. Names have no bound here: what goes past one is gone through again. */
const startsAnew = (line: string | undefined): boolean =>
	line === undefined || /^\s*\[-?HK/i.test(line) || readName(line.trimStart()) !== undefined;

function isOpenText(line: string): boolean {
	const name = readName(line);
	return name?.rest.startsWith('"') === true && readQuoted(name.rest) === undefined;
}

type ReadValue =
	| {readonly kind: 'value'; readonly name: string; readonly value: RegistryValue | undefined}
	| {readonly kind: 'problem'; readonly problem: string; readonly name?: undefined};

function readValue(text: string, isUnicode: boolean): ReadValue {
	const named = readName(text);
	if (named === undefined) {
		return {kind: 'problem', problem: 'neither a key nor a value: a value is "name"=... or @=...'};
	}

	const {name, rest} = named;
	if (rest.startsWith('"')) {
		const quoted = readQuoted(rest);
		const isAlone = quoted !== undefined && isComment(rest.slice(quoted.end));
		return isAlone
			? {kind: 'value', name, value: {type: 'REG_SZ', text: quoted.text}}
			: {kind: 'problem', problem: 'text without its closing quote, or something after it'};
	}

	const bare = rest.replace(/;.*$/s, '').trim();
	if (bare === '-') {
		return {kind: 'value', name, value: undefined};
	}

	const dword = /^dword:\s*(?<digits>[\da-f]{1,8})$/i.exec(bare);
	if (dword !== null) {
		return {kind: 'value', name, value: {type: 'REG_DWORD', number: Number.parseInt(dword.groups!.digits!, 16)}};
	}

	if (/^dword:/i.test(bare)) {
		return {kind: 'problem', problem: 'dword: takes one to eight hexadecimal digits'};
	}

	const hex = /^hex(?:\((?<type>[\da-f]{1,8})\))?:(?<bytes>[\s\S]*)$/i.exec(bare);
	if (hex === null) {
		return {kind: 'problem', problem: 'neither text in quotes nor dword:, hex:, hex(2):, hex(7):, hex(b): or -'};
	}

	const bytes = readBytes(hex.groups!.bytes!);
	return bytes === undefined
		? {
				kind: 'problem',
				problem: 'hex bytes are two digits each, separated by commas; a line that ends in a backslash continues on the next',
			}
		: {kind: 'value', name, value: valueFromBytes(Number.parseInt(hex.groups!.type ?? '3', 16), bytes, isUnicode)};
}

function readName(text: string): {readonly name: string; readonly rest: string} | undefined {
	const quoted = text.startsWith('@') ? {text: '', end: 1} : readQuoted(text);
	const after = quoted === undefined ? '' : text.slice(quoted.end).trimStart();
	return after.startsWith('=') ? {name: quoted!.text, rest: after.slice(1).trimStart()} : undefined;
}

/** Text in quotes at the start. A backslash escapes a quote and itself, and is only itself before anything else. */
function readQuoted(text: string): {readonly text: string; readonly end: number} | undefined {
	if (!text.startsWith('"')) {
		return undefined;
	}

	let result = '';
	for (let index = 1; index < text.length; index++) {
		const character = text[index]!;
		if (character === '"') {
			return {text: result, end: index + 1};
		}

		const next = text[index + 1];
		if (character === '\\' && (next === '"' || next === '\\')) {
			result += next;
			index++;
		} else {
			result += character;
		}
	}

	return undefined;
}

const isComment = (text: string): boolean => /^\s*(?:;.*)?$/s.test(text);

function readBytes(text: string): Uint8Array | undefined {
	const parts = text.split(',').map(part => part.trim());
	if (parts.at(-1) === '') {
		parts.pop();
	}

	return parts.every(part => /^[\da-f]{1,2}$/i.test(part)) ? Uint8Array.from(parts, part => Number.parseInt(part, 16)) : undefined;
}
