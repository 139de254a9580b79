import path from 'node:path';
import {type CaddyToken, isBrace, tokensOf} from './caddyfile-tokens.js';
import {ConfigurationError} from './configuration-error.js';
import {type ConfigurationFiles, expandGlob, makeBudget} from './files.js';

const deepestImport = 32;

/** The most words with what is imported: snippets that import snippets multiply. */
const mostTokens = 300_000;

/**
The words of a Caddyfile, with what it imports in its place, and without its snippets.

@see https://caddyserver.com/docs/caddyfile/directives/import
@throws {ConfigurationError} For a file that is not there, or more than can be read.
*/
export function readCaddyfile(file: string, files: ConfigurationFiles): readonly CaddyToken[] {
	const snippets = new Map<string, readonly CaddyToken[]>();
	const budget = makeBudget();
	const found: CaddyToken[] = [];
	let nesting = 0;

	const lex = (name: string, askedAt: string): readonly CaddyToken[] => {
		const text = files.read(name);
		if (text === undefined) {
			throw new ConfigurationError(`there is no file ${name}`);
		}

		budget.spend(text, askedAt);
		return tokensOf(text, name, files.environment);
	};

	const add = (token: CaddyToken): void => {
		found.push(token);
		nesting += isBrace(token, '{') ? 1 : isBrace(token, '}') ? -1 : 0;
		if (found.length > mostTokens) {
			throw new ConfigurationError(`${token.place}: more than ${mostTokens} words, with imports`);
		}
	};

	const expand = (tokens: readonly CaddyToken[], depth: number): void => {
		for (let at = 0; at < tokens.length; at++) {
			const token = tokens[at]!;
			const next = tokens[at + 1];
			const snippet = nesting === 0 && token.isFirst ? /^\((.+)\)$/.exec(token.text)?.[1] : undefined;
			if (snippet !== undefined && next !== undefined && isBrace(next, '{')) {
				const end = endOfBlock(tokens, at + 1);
				snippets.set(snippet, tokens.slice(at + 2, end));
				at = end;
			} else if (token.text === 'import' && token.isFirst && !token.isQuoted) {
				at = take(tokens, at, depth);
			} else {
				add(token);
			}
		}
	};

	/** @returns Where the import ends. */
	const take = (tokens: readonly CaddyToken[], at: number, depth: number): number => {
		const {place, file: from} = tokens[at]!;
		let end = at + 1;
		while (end < tokens.length && !tokens[end]!.isFirst && !isBrace(tokens[end]!, '{') && !isBrace(tokens[end]!, '}')) {
			end += 1;
		}

		const [pattern, ...args] = tokens.slice(at + 1, end).map(({text}) => text);
		const hasBlock = end < tokens.length && !tokens[end]!.isFirst && isBrace(tokens[end]!, '{');
		const last = hasBlock ? endOfBlock(tokens, end) : end - 1;
		if (pattern === undefined) {
			throw new ConfigurationError(`${place}: import needs the name of a snippet or a file`);
		}

		if (depth >= deepestImport) {
			throw new ConfigurationError(`${place}: ${pattern} imports itself`);
		}

		const given = {args, block: hasBlock ? tokens.slice(end + 1, last) : []};
		for (const imported of snippets.has(pattern) ? [snippets.get(pattern)!] : filesOf(pattern, place, from)) {
			const filled: CaddyToken[] = [];
			for (const token of imported) {
				fill(token, given, filled);
				if (found.length + filled.length > mostTokens) {
					throw new ConfigurationError(`${place}: more than ${mostTokens} words, with imports`);
				}
			}

			expand(filled, depth + 1);
		}

		return last;
	};

	const filesOf = (pattern: string, place: string, from: string): readonly (readonly CaddyToken[])[] => {
		const names = expandGlob(path.resolve(path.dirname(from), pattern), files).filter(name => files.read(name) !== undefined);
		if (names.length === 0 && !/[*?[]/.test(pattern)) {
			throw new ConfigurationError(`${place}: there is no file and no snippet ${pattern}`);
		}

		return names.map(name => lex(name, place));
	};

	expand(lex(file, file), 0);
	return found;
}

/** @param start - Where the brace stands that opens it. */
function endOfBlock(tokens: readonly CaddyToken[], start: number): number {
	let depth = 0;
	for (let at = start; at < tokens.length; at++) {
		depth += isBrace(tokens[at]!, '{') ? 1 : isBrace(tokens[at]!, '}') ? -1 : 0;
		if (depth === 0) {
			return at;
		}
	}

	throw new ConfigurationError(`${tokens[start]!.place}: the block is not closed`);
}

/** Puts in what an import gives: `{args[0]}`, `{args[1:]}`, `{block}`. */
function fill(
	token: CaddyToken,
	{args, block}: {readonly args: readonly string[]; readonly block: readonly CaddyToken[]},
	filled: CaddyToken[],
): void {
	if (!token.text.includes('{') || token.text === '{') {
		filled.push(token);
		return;
	}

	if (token.text === '{block}') {
		for (const [index, inner] of block.entries()) {
			filled.push(index === 0 ? {...inner, isFirst: true} : inner);
		}

		return;
	}

	const [isRange, from, to] = /^\{args\[(\d*):(\d*)\]\}$/.exec(token.text) ?? [];
	if (isRange !== undefined) {
		for (const [index, text] of args.slice(Number(from), to === '' ? undefined : Number(to)).entries()) {
			filled.push({...token, text, isFirst: token.isFirst && index === 0});
		}

		return;
	}

	const text = token.text.replaceAll(
		/\{args(?:\[(\d+)\]|\.(\d+))\}/g,
		(written, one?: string, other?: string) => args[Number(one ?? other)] ?? written,
	);
	filled.push(text === token.text ? token : {...token, text});
}
