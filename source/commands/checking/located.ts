import {
	type Document,
	isAlias,
	isMap,
	isScalar,
	isSeq,
	LineCounter,
	type ParsedNode,
	parseDocument,
	type YAMLParseError,
	type YAMLWarning,
	type Node as YamlNode,
} from 'yaml';
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
	/** `tlsprobe.yaml:4:13`. */
	readonly place: (offset: number) => string;
	/** How many there are. */
	readonly count: () => number;
	/** In the order of the file: `tlsprobe.yaml:4:13: ...`; of very many, the first. */
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
	for (const error of [...document.errors, ...document.warnings]) {
		complain(error.pos[0], inWords(error, text));
	}

	const convert = makeConvert(document, environment, complain);
	const root = document.errors.length > 0 || document.contents === null ? undefined : convert(document.contents, 0);
	const place = (offset: number): string => {
		const {line, col} = counter.linePos(offset);
		return `${file}:${line}:${col}`;
	};
	return {
		root,
		complain,
		place,
		count: () => found.length,
		problems() {
			const sorted = found.toSorted((one, other) => one.offset - other.offset);
			const lines = sorted.map(({offset, text: problem}) => `${place(offset)}: ${problem}`);
			return lines.length > mostProblems
				? [...lines.slice(0, mostProblems), `${file}: and ${lines.length - mostProblems} more problems`]
				: lines;
		},
	};
}

type Convert = (node: YamlNode | null | undefined, fallback: number) => Located;

/** So many values are more than anybody writes: aliases of aliases of aliases multiply. */
const mostValues = 100_000;

const nothing = {kind: 'other', value: null, written: ''} as const;

function makeConvert(
	document: Document.Parsed,
	environment: Readonly<Record<string, string | undefined>>,
	complain: OpenFile['complain'],
): Convert {
	/** The anchors that are being put in. */
	const open = new Set<YamlNode>();
	let count = 0;

	const convert: Convert = (node, fallback) => {
		const offset = (node as ParsedNode | null | undefined)?.range?.[0] ?? fallback;
		count += 1;
		if (count > mostValues) {
			if (count === mostValues + 1) {
				complain(offset, `more than ${mostValues} values, with what its anchors stand for`);
			}

			return {offset, ...nothing};
		}

		if (isAlias(node)) {
			const target = node.resolve(document);
			if (target === undefined || open.has(target)) {
				complain(offset, target === undefined ? `there is no anchor &${node.source} before it` : `the anchor &${node.source} holds itself`);
				return {offset, ...nothing};
			}

			return {...convert(target, offset), offset};
		}

		if (isMap(node) || isSeq(node)) {
			open.add(node);
			const value: Located = isMap(node)
				? {offset, kind: 'mapping', fields: fieldsOf(node.items as readonly MappingItem[], offset)}
				: {offset, kind: 'list', items: node.items.map(item => convert(item as YamlNode, offset))};
			open.delete(node);
			return value;
		}

		const value = isScalar(node) ? node.value : null;
		const written = isScalar(node) ? (node.source ?? '') : '';
		if (typeof value !== 'string') {
			return {offset, kind: 'other', value: value as number | boolean | null, written};
		}

		return {offset, kind: 'text', text: expandVariables(value, environment, problem => complain(offset, problem)), written: value};
	};

	/** What `<<` merges stands behind what is written. https://yaml.org/type/merge.html */
	const fieldsOf = (items: readonly MappingItem[], offset: number): readonly Field[] => {
		const fields = items.map(({key, value}): Field => {
			const keyOffset = (key as ParsedNode).range?.[0] ?? offset;
			return {name: isScalar(key) ? String(key.value) : '', offset: keyOffset, value: convert(value, keyOffset)};
		});
		const own = fields.filter(({name}) => name !== '<<');
		const merged = fields.filter(({name}) => name === '<<').flatMap(({value}) => (value.kind === 'list' ? value.items : [value]));
		const names = new Set(own.map(({name}) => name));
		for (const value of merged) {
			if (value.kind !== 'mapping') {
				complain(value.offset, '<< takes a mapping, such as *name');
				continue;
			}

			own.push(...value.fields.filter(({name}) => !names.has(name)));
			for (const {name} of value.fields) {
				names.add(name);
			}
		}

		return own;
	};

	return convert;
}

type MappingItem = {readonly key: YamlNode | null; readonly value: YamlNode | null};

/** What the parser says to programmers, said to who wrote the file. */
function inWords({code, message, pos}: YAMLParseError | YAMLWarning, text: string): string {
	switch (code) {
		case 'DUPLICATE_KEY':
			return `the field ${JSON.stringify(/^[\w-]*/.exec(text.slice(pos[0]).replace(/^["']/, ''))![0])} is given twice`;
		case 'MULTIPLE_DOCS':
			return 'a second document begins; a file holds one, so leave out ---, or make two files';
		case 'NON_STRING_KEY':
			return 'the name of a field is a word';
		case 'BLOCK_AS_IMPLICIT_KEY':
			return 'a field stands inside a value: put quotes round a value with ": " in it, or the field on a line of its own';
		case 'TAB_AS_INDENT':
			return 'tabs are not allowed as indentation; set it in with spaces';
		case 'TAG_RESOLVE_FAILED':
			return `${message.replace(/^Unresolved tag: /, 'there is no tag ')}; an environment variable is written \${NAME}`;
		default:
			return lowerFirst(message.split('\n')[0]!);
	}
}

const lowerFirst = (text: string): string => text.replace(/^[A-Z](?![A-Z])/, letter => letter.toLowerCase());
