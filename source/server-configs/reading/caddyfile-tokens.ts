import {ConfigurationError} from './configuration-error.js';

export type CaddyToken = {
	readonly text: string;
	/** `file:line`. */
	readonly place: string;
	/** The file that it stands in, for paths of imports. */
	readonly file: string;
	/** A brace in quotes is none. */
	readonly isQuoted: boolean;
	/** Whether it is the first one of its line. */
	readonly isFirst: boolean;
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
The words of a Caddyfile. Words in `"` or backticks, and texts from `<<END` to END, may have several lines.

@see https://caddyserver.com/docs/caddyfile/concepts
@throws {ConfigurationError} For a text whose end is missing.
*/
export function tokensOf(source: string, file: string, environment: Environment): readonly CaddyToken[] {
	const text = withVariables(source.replace(/^\uFEFF/, '').replaceAll('\r', ''), environment);
	const tokens: CaddyToken[] = [];
	let line = 1;
	let skipped = 0;
	/** The line on which the last token ends. */
	let last = 0;
	let at = 0;
	const push = (word: string, isQuoted: boolean, start: number, end: number): void => {
		tokens.push({text: word, place: `${file}:${start}`, file, isQuoted, isFirst: start > last});
		last = end;
	};

	while (at < text.length) {
		const character = text[at]!;
		if (character === '\n') {
			line += 1 + skipped;
			skipped = 0;
			at += 1;
		} else if (character === '\\' && text[at + 1] === '\n') {
			skipped += 1;
			at += 2;
		} else if (/\s/.test(character)) {
			at += 1;
		} else if (character === '#') {
			const end = text.indexOf('\n', at);
			at = end === -1 ? text.length : end;
		} else if (character === '"' || character === '`') {
			const {word, end} = quoted(text, at);
			const start = line;
			line += countLines(text, at, end);
			push(word, true, start, line);
			at = end;
		} else {
			heredoc.lastIndex = at;
			const marker = heredoc.exec(text)?.[1];
			if (marker === undefined) {
				plain.lastIndex = at;
				const word = plain.exec(text)![0];
				push(word, false, line, line);
				at += word.length;
				continue;
			}

			const body = at + marker.length + 3;
			const end = text.indexOf(marker, body);
			if (end === -1) {
				throw new ConfigurationError(`${file}:${line}: the end ${marker} is missing`);
			}

			const start = line;
			line += countLines(text, at, end);
			push(text.slice(body, end), true, start, line);
			at = end + marker.length;
		}
	}

	return tokens;
}

const heredoc = /<<([\w-]+)\n/y;
const plain = /(?:\\(?!\n)|[^\s\\])+/y;

/** A quotation mark is escaped by a backslash; between backticks nothing is. One that is not closed goes on to the end. */
function quoted(text: string, start: number): {readonly word: string; readonly end: number} {
	if (text[start] === '`') {
		const end = text.indexOf('`', start + 1);
		return end === -1 ? {word: text.slice(start + 1), end: text.length} : {word: text.slice(start + 1, end), end: end + 1};
	}

	let end = start + 1;
	while (end < text.length && text[end] !== '"') {
		end += text[end] === '\\' ? 2 : 1;
	}

	return {word: text.slice(start + 1, end).replaceAll('\\"', '"'), end: Math.min(end + 1, text.length)};
}

function countLines(text: string, start: number, end: number): number {
	let count = 0;
	for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
		count += 1;
	}

	return count;
}

/** `{$NAME}` and `{$NAME:otherwise}` are replaced before anything else. What is not set here is left: Caddy's own environment may have it. */
function withVariables(text: string, environment: Environment): string {
	const parts: string[] = [];
	let rest = 0;
	for (let start = text.indexOf('{$'); start !== -1; start = text.indexOf('{$', rest)) {
		const end = text.indexOf('}', start);
		if (end === -1) {
			break;
		}

		const inner = text.slice(start + 2, end);
		const colon = inner.indexOf(':');
		const value = environment[colon === -1 ? inner : inner.slice(0, colon)] ?? (colon === -1 ? undefined : inner.slice(colon + 1));
		parts.push(text.slice(rest, start), value ?? text.slice(start, end + 1));
		rest = end + 1;
	}

	return [...parts, text.slice(rest)].join('');
}

/** Whether it opens or closes a block. */
export const isBrace = ({text, isQuoted}: CaddyToken, brace: '{' | '}'): boolean => text === brace && !isQuoted;
