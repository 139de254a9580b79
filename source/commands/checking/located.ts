import {isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument, type Node as YamlNode} from 'yaml';
import {expandVariables} from './expand-variables.js';

/** A value of a YAML or JSON file, and where it stands. */
export type Located = {readonly offset: number} & (
	| {readonly kind: 'mapping'; readonly fields: readonly Field[]}
	| {readonly kind: 'list'; readonly items: readonly Located[]}
	| {readonly kind: 'text'; readonly text: string /** As it is written, before variables were put in. */; readonly written: string}
	| {readonly kind: 'other'; readonly value: number | boolean | null; readonly written: string}
);

export type Field = {readonly name: string; readonly offset: number; readonly value: Located};

/** A file that is being read, and what is wrong with it so far. */
export type OpenFile = {
	readonly root: Located | undefined;
	/** Notes a problem; it is shown with its line and column. */
	readonly complain: (offset: number, text: string) => void;
	/** In the order of the file: `tlsprobe.yaml:4:13: ...`. */
	readonly problems: () => readonly string[];
};

/** So many problems are enough at once. */
const mostProblems = 20;

/**
Read YAML, of which JSON is a part, with the environment's variables put in.

@param file - What messages call it.
*/
export function openYaml(text: string, file: string, environment: Readonly<Record<string, string | undefined>>): OpenFile {
	const counter = new LineCounter();
	const found: {readonly offset: number; readonly text: string}[] = [];
	// What is wrong with a value that could not be read is no news.
	const complain = (offset: number, problem: string): void => {
		if (!found.some(other => other.offset === offset)) {
			found.push({offset, text: problem});
		}
	};
	const document = parseDocument(text, {lineCounter: counter, prettyErrors: false, stringKeys: true});
	for (const {pos, message} of document.errors) {
		complain(pos[0], lowerFirst(message.split('\n')[0]!));
	}

	const convert = (node: YamlNode | null | undefined, fallback: number): Located => {
		const offset = (node as ParsedNode | null | undefined)?.range?.[0] ?? fallback;
		if (isAlias(node)) {
			const target = node.resolve(document);
			return target === undefined ? {offset, kind: 'other', value: null, written: ''} : {...convert(target, offset), offset};
		}

		if (isMap(node)) {
			const fields = node.items.map(({key, value}) => {
				const keyOffset = (key as ParsedNode).range?.[0] ?? offset;
				return {
					name: isScalar(key) ? String(key.value) : '',
					offset: keyOffset,
					value: convert(value as YamlNode | null, keyOffset),
				};
			});
			return {offset, kind: 'mapping', fields};
		}

		if (isSeq(node)) {
			return {offset, kind: 'list', items: node.items.map(item => convert(item as YamlNode, offset))};
		}

		const value = isScalar(node) ? node.value : null;
		const written = isScalar(node) ? (node.source ?? '') : '';
		if (typeof value !== 'string') {
			return {offset, kind: 'other', value: value as number | boolean | null, written};
		}

		return {offset, kind: 'text', text: expandVariables(value, environment, problem => complain(offset, problem)), written: value};
	};

	const root = document.errors.length > 0 || document.contents === null ? undefined : convert(document.contents, 0);
	return {
		root,
		complain,
		problems() {
			const sorted = found.toSorted((one, other) => one.offset - other.offset);
			const lines = sorted.map(({offset, text: problem}) => {
				const {line, col} = counter.linePos(offset);
				return `${file}:${line}:${col}: ${problem}`;
			});
			return lines.length > mostProblems
				? [...lines.slice(0, mostProblems), `${file}: and ${lines.length - mostProblems} more problems`]
				: lines;
		},
	};
}

const lowerFirst = (text: string): string => text.replace(/^[A-Z](?![A-Z])/, letter => letter.toLowerCase());
