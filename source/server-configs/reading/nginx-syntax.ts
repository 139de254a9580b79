import path from 'node:path';
import {ConfigurationError} from './configuration-error.js';
import {type Budget, type ConfigurationFiles, deepest, expandGlob, makeBudget} from './files.js';
import {type NginxToken, tokenize} from './nginx-tokens.js';

export type NginxDirective = {
	readonly name: string;
	readonly args: readonly string[];
	/** `file:line`. */
	readonly place: string;
	readonly block?: readonly NginxDirective[] | undefined;
};

/** More would be a file that includes itself. */
const deepestInclude = 32;

/**
The directives of a configuration, what it includes in its place.

@throws {ConfigurationError} For a brace or a semicolon that is missing, a file that is not there, or more than can be read.
*/
export function readNginxFile(file: string, files: ConfigurationFiles): readonly NginxDirective[] {
	return readFile(file, {files, root: path.dirname(file), budget: makeBudget()}, {depth: 0, place: file});
}

type Reading = {readonly files: ConfigurationFiles; readonly root: string; readonly budget: Budget};

/** Where a file is included, and how many round it are. */
type Asked = {readonly depth: number; readonly place: string};

function readFile(file: string, reading: Reading, {depth, place: askedAt}: Asked): readonly NginxDirective[] {
	const {files, root, budget} = reading;
	const text = files.read(file);
	if (text === undefined) {
		throw new ConfigurationError(`there is no file ${file}`);
	}

	budget.spend(text, askedAt);
	const tokens = [...tokenize(text)];
	let next = 0;

	const readBlock = (level: number): NginxDirective[] => {
		const isInner = level > 0;
		const directives: NginxDirective[] = [];
		let words: NginxToken[] = [];
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
			} else if (token.text === '{' && level === deepest) {
				throw new ConfigurationError(`${place}: blocks more than ${deepest} deep`);
			} else {
				const [name, ...args] = words.map(word => word.text) as [string, ...string[]];
				const block = token.text === '{' ? readBlock(level + 1) : undefined;
				const found = name === 'include' && block === undefined ? include(args[0] ?? '', place) : [{name, args, place, block}];
				for (const directive of found) {
					directives.push(directive);
				}

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

			return readFile(included, reading, {depth: depth + 1, place});
		});

	return readBlock(0);
}
