export type NginxToken = {readonly text: string; readonly line: number; readonly isQuoted: boolean};

/** Words, braces and semicolons. What stands in a block of Lua is no configuration, and is left out. */
export function* tokenize(text: string): Generator<NginxToken> {
	let line = 1;
	let isLua = false;
	/** Where it is known that no quote of a kind, and no brace, follows: nothing is looked for twice. */
	const noneFrom: Record<string, number> = {};
	const find = (what: string, from: number): number => {
		const place = from >= (noneFrom[what] ?? text.length) ? -1 : text.indexOf(what, from);
		noneFrom[what] = place === -1 ? Math.min(from, noneFrom[what] ?? text.length) : (noneFrom[what] ?? text.length);
		return place;
	};

	for (let at = 0; at < text.length; ) {
		const first = text[at]!;
		if (first === '\n') {
			line += 1;
			at += 1;
		} else if (blank.test(first)) {
			at += 1;
		} else if (first === '#') {
			const end = find('\n', at);
			at = end === -1 ? text.length : end;
		} else if (isLua && first === '{') {
			const end = endOfLua(text, at + 1);
			line += linesIn(text, at, end);
			at = end;
			isLua = false;
			yield {text: ';', line, isQuoted: false};
		} else if (separators.has(first)) {
			isLua = false;
			at += 1;
			yield {text: first, line, isQuoted: false};
		} else {
			const quoted = first === '"' || first === "'" ? endOfQuoted(text, at, find) : undefined;
			const end = quoted ?? endOfWord(text, at, find);
			const found = text.slice(at, end);
			const isQuoted = quoted !== undefined;
			yield {text: isQuoted ? found.slice(1, -1).replaceAll(/\\(["'\\])/g, '$1') : found, line, isQuoted};
			isLua = !isQuoted && (isLua || found.endsWith('_by_lua_block'));
			line += linesIn(text, at, end);
			at = end;
		}
	}
}

const separators: ReadonlySet<string> = new Set([';', '{', '}']);

type Find = (what: string, from: number) => number;

/** Behind the quote that closes it; undefined where none does, and it is a word as any. */
function endOfQuoted(text: string, start: number, find: Find): number | undefined {
	const quote = text[start]!;
	let from = start + 1;
	for (let end = find(quote, from); end !== -1; end = find(quote, end + 1)) {
		let backslashes = 0;
		while (end - backslashes > from && text[end - backslashes - 1] === '\\') {
			backslashes += 1;
		}

		if (backslashes % 2 === 0) {
			return end + 1;
		}

		from = end + 1;
	}

	return undefined;
}

/** A word goes to a blank or a separator, but for those behind a backslash and in the braces of a variable. */
function endOfWord(text: string, start: number, find: Find): number {
	let at = start;
	while (at < text.length && !blank.test(text[at]!) && !separators.has(text[at]!)) {
		const close = text.startsWith('${', at) ? find('}', at) : -1;
		const isVariable = close !== -1 && close - at < longestVariable && !blank.test(text.slice(at, close));
		at = isVariable ? close + 1 : at + (text[at] === '\\' ? 2 : 1);
	}

	return Math.min(at, text.length);
}

/** nginx has no bound; names of variables are words. */
const longestVariable = 1000;

function linesIn(text: string, start: number, end: number): number {
	let count = 0;
	for (let place = text.indexOf('\n', start); place !== -1 && place < end; place = text.indexOf('\n', place + 1)) {
		count += 1;
	}

	return count;
}

const blank = /\s/;

/** Where the brace that closes it ends. Braces in strings and comments of Lua come in pairs often enough. */
function endOfLua(text: string, start: number): number {
	let depth = 1;
	let at = start;
	for (; at < text.length && depth > 0; at++) {
		depth += text[at] === '{' ? 1 : text[at] === '}' ? -1 : 0;
	}

	return at;
}
