import {type Change, fullKey, type Parsed, type Problem, type RegistryValue, typeCode, valueFromBytes} from './value.js';

/** Whether text is what `reg query` prints: some line is the path of a key. */
export const isQueryOutput = (text: string): boolean => /^HKEY_[A-Z_]+(?:\\|\r?$)/m.test(text);

/**
Read what `reg query KEY /s` prints, in whatever language.

Keys stand at the start of a line and values are indented; all that is translated is the line that ends the search, messages, and
the name of a key's default value, which stands in brackets.
*/
export function readQueryOutput(text: string): Parsed {
	const changes: Change[] = [];
	const problems: Problem[] = [];
	let key: string | undefined;
	for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
		if (line.trim() === '') {
			continue;
		}

		if (/^HKEY_/.test(line)) {
			key = fullKey(line.trim());
			if (key === undefined) {
				problems.push({line: index + 1, problem: 'a key of no hive that Windows has'});
			} else {
				changes.push({kind: 'key', key});
			}

			continue;
		}

		if (!/^(?: {2,}|\t)/.test(line)) {
			continue;
		}

		const read = readLine(line);
		if (read === undefined) {
			problems.push({line: index + 1, problem: 'not a value: a value is its name, its type and its data, four spaces apart'});
		} else if (key === undefined) {
			problems.push({line: index + 1, problem: 'a value without a key above it'});
		} else if (read.value !== undefined) {
			changes.push({kind: 'set', key, name: read.name, value: read.value});
		}
	}

	return {changes, problems};
}

/** Behind a name, which may be empty: old versions put tabs where new ones put four spaces. */
const typeInLine = /(?:\s\s|\t)(?<type>REG_[A-Z_]+)(?:(?:\s\s|\t)(?<data>.*))?$/g;

function readLine(line: string): {readonly name: string; readonly value: RegistryValue | undefined} | undefined {
	typeInLine.lastIndex = 0;
	const found = typeInLine.exec(line);
	const {type, data = ''} = found?.groups ?? {};
	const name = line.slice(0, found?.index ?? 0).trim();
	const code = type === undefined ? undefined : typeCode(type);
	if (code === undefined) {
		return undefined;
	}

	if (/^(?:<.*>|\(.*\))$/.test(name)) {
		// The default value. Whether it is set is said in the language of the system, and nothing here asks for it.
		return {name: '', value: undefined};
	}

	const value = readData(code, data.trim());
	return value === undefined ? undefined : {name, value};
}

function readData(code: number, data: string): RegistryValue | undefined {
	switch (code) {
		case 1:
			return {type: 'REG_SZ', text: data};
		case 2:
			return {type: 'REG_EXPAND_SZ', text: data};
		case 7:
			return {type: 'REG_MULTI_SZ', texts: data.split('\\0').filter(Boolean)};
		case 4: {
			return /^0x[\da-f]{1,8}$/i.test(data) ? {type: 'REG_DWORD', number: Number.parseInt(data, 16)} : undefined;
		}
		default: {
			const digits = data.replace(/^0x/i, '').replaceAll(' ', '');
			const isHex = /^[\da-f]*$/i.test(digits);
			return isHex ? valueFromBytes(code, Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex'), true) : undefined;
		}
	}
}
