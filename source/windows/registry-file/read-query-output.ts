import {isKnownPath} from '../known-keys.js';
import {deniedAccess, queriedKey} from './query-messages.js';
import {fullKey, type Parsed, type ReadProblem, type RegistryChange, type RegistryValue, typeCode, valueFromBytes} from './value.js';

/** Whether text is what `reg query` prints: some line is the path of a key. */
export const isQueryOutput = (text: string): boolean => /^[^\S\r\n]*HKEY_[A-Z_]+(?:\\|\s*$)/m.test(text);

type Line =
	| {readonly kind: 'blank' | 'other'}
	| {readonly kind: 'key'; readonly listed: ListedKey | undefined}
	| {readonly kind: 'value'; readonly key: string; readonly name: string; readonly value: RegistryValue | undefined};

/** A key that is printed. Of a bare one, nothing may be known: without /s a listing ends with the names of the keys below. */
type ListedKey = {key: string; line: number; isBare: boolean; isAmongOthers: boolean};

/**
Read what `reg query KEY /s` prints, in whatever language.

Keys stand at the start of a line, and a value is its name, its type and its data. All that is translated is the line that ends the
search, messages, and the name of a key's default value, which stands in brackets. Indentation and the width of blanks are lost in mails
and tickets, so that neither is needed. What is mentioned without its values is said to be unread.
*/
export function readQueryOutput(text: string): Parsed {
	const reader = new QueryReader();
	for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
		reader.read(line.replaceAll(otherBlanks, ' '), index + 1);
	}

	return reader.end();
}

/** Of word processors, mail programs and Japanese keyboards. */
const otherBlanks = /[\u00A0\u2000-\u200B\u202F\u205F\u3000]/g;

class QueryReader {
	readonly #changes: RegistryChange[] = [];
	readonly #problems: ReadProblem[] = [];
	readonly #listed: ListedKey[] = [];
	/** The last line that tells how many matches there are, which only /s and /v print. */
	#lastEnd = 0;
	#previous: Line = {kind: 'blank'};
	#key: string | undefined;
	#asked: string | undefined;

	read(line: string, number: number): void {
		const words = line.trim();
		this.#previous =
			words === '' ? {kind: 'blank'} : words.startsWith('HKEY_') ? this.#readKey(words, number) : this.#readOther(line, words, number);
	}

	end(): Parsed {
		const above = knownAbove(this.#listed);
		for (const {key, line, isBare, isAmongOthers} of this.#listed) {
			// With /s a key without values stands by itself, and the search has an end; then it is empty.
			if (isBare && isKnownPath(key) && (isAmongOthers || line > this.#lastEnd) && !above.has(key.toLowerCase())) {
				this.#unread(key, undefined, `line ${line} names the key and shows no values`);
				this.#problems.push({line, problem: `${key} is named without its values: reg query needs /s to show them`});
			}
		}

		return {changes: this.#changes, problems: this.#problems.toSorted((one, two) => (one.line ?? 0) - (two.line ?? 0))};
	}

	#readKey(words: string, number: number): Line {
		const type = typeIn(words);
		// A line break may be lost between a key and its first value; two blanks then still part them.
		const end = type === undefined ? -1 : words.search(/ {2}|\t/);
		const key = fullKey(end === -1 ? words : words.slice(0, end));
		this.#key = key;
		if (key === undefined) {
			this.#problems.push({line: number, problem: 'a key in an unknown hive'});
			return {kind: 'key', listed: undefined};
		}

		const isAmongOthers = this.#previous.kind === 'key';
		if (this.#previous.kind === 'key' && this.#previous.listed !== undefined) {
			this.#previous.listed.isAmongOthers = true;
		}

		const listed: ListedKey = {key, line: number, isBare: true, isAmongOthers};
		this.#listed.push(listed);
		this.#changes.push({kind: 'key', key});
		if (type === undefined) {
			return {kind: 'key', listed};
		}

		if (end === -1) {
			this.#problems.push({line: number, problem: 'a key and a value on one line'});
			this.#key = undefined;
			return {kind: 'other'};
		}

		return this.#readOther(words.slice(end), words.slice(end).trim(), number);
	}

	#readOther(line: string, words: string, number: number): Line {
		const read = readLine(words);
		if (read !== undefined) {
			return this.#takeValue(read, number);
		}

		if (deniedAccess.test(words)) {
			const key = this.#previous.kind === 'blank' ? (this.#asked ?? this.#key) : (this.#key ?? this.#asked);
			this.#problems.push({line: number, problem: 'access was denied: run reg query as an administrator'});
			for (const unread of key === undefined ? ['HKEY_LOCAL_MACHINE', 'HKEY_CURRENT_USER'] : [key]) {
				this.#unread(unread, undefined, `line ${number} says that access was denied`);
			}

			return {kind: 'other'};
		}

		const asked = queriedKey(words);
		if (asked !== undefined) {
			this.#asked = asked;
			return {kind: 'other'};
		}

		const isPrompt = /^[A-Z]:\\|^PS /.test(words);
		if (this.#previous.kind === 'key' && this.#previous.listed !== undefined && !isPrompt && typeIn(words) === undefined) {
			return this.#goOnWithKey(this.#previous.listed, words, number);
		}

		if (this.#previous.kind === 'value' && /^\S+$/.test(words) && goOnWithText(this.#previous.value, words) !== undefined) {
			return this.#goOnWithValue(this.#previous, words);
		}

		return this.#takeStranger(line, words, number);
	}

	/** A value that cannot be read, or a message. */
	#takeStranger(line: string, words: string, number: number): Line {
		if (/^(?: {2,}|\t)/.test(line) || typeIn(words) !== undefined) {
			this.#problems.push({line: number, problem: 'not a value: a value is its name, its type and its data, four spaces apart'});
			if (this.#key !== undefined) {
				this.#setBare(false);
				this.#unread(this.#key, words.split(/\s/, 1)[0], `line ${number} could not be read`);
			}
		} else if (/\d/.test(words) && !/^!|[\\>]/.test(words)) {
			this.#lastEnd = number;
		}

		return {kind: 'other'};
	}

	#takeValue(read: NonNullable<ReturnType<typeof readLine>>, number: number): Line {
		if (this.#key === undefined) {
			this.#problems.push({line: number, problem: 'a value without a key above it'});
			return {kind: 'other'};
		}

		this.#setBare(false);
		if (read.value !== undefined) {
			this.#changes.push({kind: 'set', key: this.#key, name: read.name, value: read.value});
		}

		return {kind: 'value', key: this.#key, ...read};
	}

	/** A console or a mail breaks long keys, with the backslash or the blank at the break lost or not. */
	#goOnWithKey(listed: ListedKey, words: string, number: number): Line {
		const whole = ['', '\\', ' '].map(between => `${listed.key}${between}${words}`).find(isKnownPath);
		if (whole === undefined) {
			if (isKnownPath(listed.key)) {
				this.#problems.push({line: number, problem: 'neither a key nor a value; a key that spans two lines must be on one'});
				this.#unread(listed.key, undefined, `line ${number} could not be read`);
				listed.isBare = false;
			}

			return {kind: 'other'};
		}

		const key = fullKey(whole)!;
		this.#changes.pop();
		this.#changes.push({kind: 'key', key});
		listed.key = key;
		this.#key = key;
		return {kind: 'key', listed};
	}

	#goOnWithValue(previous: Extract<Line, {kind: 'value'}>, words: string): Line {
		const value = goOnWithText(previous.value, words)!;
		this.#changes.push({kind: 'set', key: previous.key, name: previous.name, value});
		return {...previous, value};
	}

	#setBare(isBare: boolean): void {
		const last = this.#listed.at(-1);
		if (last !== undefined) {
			last.isBare = isBare;
		}
	}

	#unread(key: string, name: string | undefined, reason: string): void {
		this.#changes.push({kind: 'unread', key, ...(name === undefined ? {} : {name}), reason});
	}
}

/** The known keys that others of the listing are below, in lower case. */
function knownAbove(listed: readonly ListedKey[]): ReadonlySet<string> {
	const above = new Set<string>();
	for (const {key} of listed) {
		let path = '';
		for (const segment of key.toLowerCase().split('\\', mostLevels)) {
			if (path !== '' && isKnownPath(path)) {
				above.add(path);
			}

			path = path === '' ? segment : `${path}\\${segment}`;
		}
	}

	return above;
}

/** No known key has more. */
const mostLevels = 16;

/** Text alone goes on: a list of suites is longer than a line. */
function goOnWithText(value: RegistryValue | undefined, words: string): RegistryValue | undefined {
	const text = value?.type === 'REG_SZ' ? value.text : value?.type === 'REG_MULTI_SZ' ? value.texts.join('\\0') : '';
	if (text.length > mostCharacters || !/,|\\0/.test(text)) {
		return undefined;
	}

	const whole = text + words;
	return value?.type === 'REG_SZ' ? {...value, text: whole} : {type: 'REG_MULTI_SZ', texts: whole.split('\\0').filter(Boolean)};
}

/** A list of suites is shorter; so long a value is put together from lines in no time. */
const mostCharacters = 20_000;

function typeIn(words: string): {readonly name: string; readonly start: number; readonly end: number} | undefined {
	const match = /(?:^|\s)(?<name>REG_[A-Z_]+)(?=\s|$)/.exec(words);
	const name = match?.groups?.name;
	if (match === null || name === undefined) {
		return undefined;
	}

	const end = match.index + match[0].length;
	return {name, start: end - name.length, end};
}

function readLine(words: string): {readonly name: string; readonly value: RegistryValue | undefined} | undefined {
	const type = typeIn(words);
	const code = type === undefined ? undefined : typeCode(type.name);
	if (type === undefined || code === undefined) {
		return undefined;
	}

	const name = words.slice(0, type.start).trim();
	if (/^(?:<.*>|\(.*\))$/.test(name)) {
		// The default value. Whether it is set is said in the language of the system, and nothing here asks for it.
		return {name: '', value: undefined};
	}

	const value = readData(code, words.slice(type.end).trim());
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
