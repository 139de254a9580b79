import {createRequire} from 'node:module';
import type {TomlError, TomlTable, TomlValue} from 'smol-toml';
import type {WithPosition} from '../../bytes/with-position.js';
import {ConfigurationError} from './configuration-error.js';
import type {Document} from './documents.js';

/**
A TOML file.

@throws {ConfigurationError} For what is no TOML, with file and line.
*/
export function readTomlDocument(text: string, file: string): Document {
	// Few configurations are TOML, so the library is loaded for those alone.
	const {parse} = createRequire(import.meta.url)('smol-toml') as typeof import('smol-toml');
	let table: TomlTable;
	try {
		table = parse(text.replace(/^\uFEFF/, ''), {maxDepth: deepest});
	} catch (error) {
		const {line, message} = error as TomlError;
		throw new ConfigurationError(`${file}:${line ?? 1}: ${message.replace(/^Invalid TOML document: /, '').split('\n')[0]}`);
	}

	const lines = linesOfKeys(text);
	const convert = (value: TomlValue, path: string, outer: number): WithPosition => {
		const offset = lines.get(path) ?? outer;
		if (Array.isArray(value)) {
			return {offset, kind: 'list', items: value.map((item, index) => convert(item, pathTo(path, String(index)), offset))};
		}

		if (typeof value === 'string') {
			return {offset, kind: 'text', text: value, written: value};
		}

		if (typeof value === 'object' && !(value instanceof Date)) {
			const fields = Object.entries(value).map(([name, inner]) => {
				const found = convert(inner, pathTo(path, name), offset);
				return {name, offset: found.offset, value: found};
			});
			return {offset, kind: 'mapping', fields};
		}

		const plain = typeof value === 'boolean' ? value : Number(value);
		return {offset, kind: 'other', value: plain, written: String(value)};
	};

	// Lines stand for offsets: nothing nearer is known.
	return {root: convert(table, '', 1), place: ({offset}) => `${file}:${offset}`};
}

const deepest = 100;

const pathTo = (outer: string, name: string): string => `${outer}\0${name}`;

/** The lines on which tables and keys begin, by their paths. What is within a value is on the line of its key. */
function linesOfKeys(text: string): ReadonlyMap<string, number> {
	const lines = new Map<string, number>();
	const counts = new Map<string, number>();
	let table = '';
	let quotes: string | undefined;
	for (const [index, line] of text.split('\n').entries()) {
		const isInText = quotes !== undefined;
		for (const [found] of line.matchAll(/"""|'''/g)) {
			quotes = quotes === undefined ? found : quotes === found ? undefined : quotes;
		}

		if (isInText) {
			continue;
		}

		const [, brackets, head] = /^[ \t]*(\[\[?)([^\]\n]{1,1000})\]/.exec(line) ?? [];
		if (head !== undefined) {
			table = '';
			const names = namesIn(head);
			for (const [place, name] of names.entries()) {
				table = pathTo(table, name);
				const isNew = brackets === '[[' && place === names.length - 1;
				const count = (counts.get(table) ?? 0) + (isNew ? 1 : 0);
				if (isNew) {
					counts.set(table, count);
				}

				if (!lines.has(table)) {
					lines.set(table, index + 1);
				}

				table = count > 0 ? pathTo(table, String(count - 1)) : table;
			}

			if (!lines.has(table)) {
				lines.set(table, index + 1);
			}

			continue;
		}

		const [, key] = /^[ \t]*((?:[\w.-]|[ \t](?=[ \t]*[.=])|"[^"\n]*"|'[^'\n]*'){1,1000})=/.exec(line) ?? [];
		if (key !== undefined) {
			let path = table;
			for (const name of namesIn(key)) {
				path = pathTo(path, name);
				if (!lines.has(path)) {
					lines.set(path, index + 1);
				}
			}
		}
	}

	return lines;
}

/** The names in a key with dots. */
const namesIn = (key: string): string[] =>
	[...key.matchAll(/"([^"]*)"|'([^']*)'|[\w-]+/g)].map(([whole, double, single]) => double ?? single ?? whole);
