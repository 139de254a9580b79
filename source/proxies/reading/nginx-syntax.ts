import path from 'node:path';
import {ConfigurationError} from '../product.js';
import {type ConfigurationFiles, expandGlob} from './files.js';

export type NginxDirective = {
	readonly name: string;
	readonly args: readonly string[];
	/** `file:line`. */
	readonly place: string;
	readonly block?: readonly NginxDirective[] | undefined;
};

type Token = {readonly text: string; readonly line: number; readonly isQuoted: boolean};

/** More would be a file that includes itself. */
const deepestInclude = 32;

/**
The directives of a configuration, what it includes in its place.

@throws {ConfigurationError} For a brace or a semicolon that is missing, or a file that is not there.
*/
export function readNginxFile(file: string, files: ConfigurationFiles): readonly NginxDirective[] {
	return readFile(file, files, path.dirname(file), 0);
}

function readFile(file: string, files: ConfigurationFiles, root: string, depth: number): readonly NginxDirective[] {
	const text = files.read(file);
	if (text === undefined) {
		throw new ConfigurationError(`there is no file ${file}`);
	}

	const tokens = [...tokenize(text)];
	let next = 0;

	const readBlock = (isInner: boolean): NginxDirective[] => {
		const directives: NginxDirective[] = [];
		let words: Token[] = [];
		while (next < tokens.length) {
			const token = tokens[next]!;
			next += 1;
			const place = `${file}:${(words[0] ?? token).line}`;
			if (token.isQuoted || !/^[;{}]$/.test(token.text)) {
				words.push(token);
			} else if (token.text === '}') {
				if (!isInner || words.length > 0) {
					throw new ConfigurationError(`${file}:${token.line}: unexpected }`);
				}

				return directives;
			} else if (words.length === 0) {
				throw new ConfigurationError(`${place}: unexpected ${token.text}`);
			} else {
				const [name, ...args] = words.map(word => word.text) as [string, ...string[]];
				const block = token.text === '{' ? readBlock(true) : undefined;
				directives.push(...(name === 'include' && block === undefined ? include(args[0] ?? '', place) : [{name, args, place, block}]));
				words = [];
			}
		}

		if (isInner || words.length > 0) {
			throw new ConfigurationError(`${file}: unexpected end of file, expecting ${isInner ? '}' : ';'}`);
		}

		return directives;
	};

	const include = (pattern: string, place: string): readonly NginxDirective[] =>
		expandGlob(path.resolve(root, pattern), files).flatMap(included => {
			if (files.read(included) === undefined || depth >= deepestInclude) {
				throw new ConfigurationError(
					`${place}: ${depth >= deepestInclude ? `${included} includes itself` : `there is no file ${included}`}`,
				);
			}

			return readFile(included, files, root, depth + 1);
		});

	return readBlock(false);
}

/** Words, braces and semicolons. What stands in a block of Lua is no configuration, and is left out. */
function* tokenize(text: string): Generator<Token> {
	const pattern = /\s+|#[^\n]*|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|[;{}]|(?:\$\{[^}\s]*\}|\\[\s\S]|[^\s;{}\\])+/gy;
	let line = 1;
	let isLua = false;
	for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
		const [found] = match;
		const isQuoted = /^["']/.test(found);
		if (isLua && found === '{') {
			const end = endOfLua(text, pattern.lastIndex);
			line += text.slice(pattern.lastIndex, end).split('\n').length - 1;
			pattern.lastIndex = end;
			yield {text: ';', line, isQuoted: false};
			isLua = false;
		} else if (!/^[\s#]/.test(found)) {
			yield {text: isQuoted ? found.slice(1, -1).replaceAll(/\\(["'\\])/g, '$1') : found, line, isQuoted};
			isLua = !isQuoted && (found.endsWith('_by_lua_block') || (isLua && !/^[;{}]$/.test(found)));
		}

		line += found.split('\n').length - 1;
	}
}

/** Where the brace that closes it ends. Braces in strings and comments of Lua come in pairs often enough. */
function endOfLua(text: string, start: number): number {
	let depth = 1;
	let at = start;
	for (; at < text.length && depth > 0; at++) {
		depth += text[at] === '{' ? 1 : text[at] === '}' ? -1 : 0;
	}

	return at;
}
