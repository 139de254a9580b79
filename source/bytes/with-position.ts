import {
	type Alias,
	type Document,
	isAlias,
	isMap,
	isScalar,
	isSeq,
	Lexer,
	LineCounter,
	type ParsedNode,
	Parser,
	parseDocument,
	visit,
	type YAMLParseError,
	type YAMLWarning,
	type Node as YamlNode,
} from 'yaml';

/** A value of a YAML or JSON file, and its position. */
export type WithPosition = {readonly offset: number} & (
	| {readonly kind: 'mapping'; readonly fields: readonly Field[]}
	| {readonly kind: 'list'; readonly items: readonly WithPosition[]}
	| {readonly kind: 'text'; readonly text: string /** As written, before variables were replaced. */; readonly written: string}
	| {readonly kind: 'other'; readonly value: number | boolean | null; readonly written: string}
);

export type Field = {readonly name: string; readonly offset: number; readonly value: WithPosition};

/** A file that is being read, and its problems so far. */
export type OpenFile = {
	readonly root: WithPosition | undefined;
	/**
	Adds a problem, which is shown with its line and column. A function is called only if the problem is shown, because a search for the intended word
	takes time.
	*/
	readonly complain: (offset: number, text: string | (() => string)) => void;
	/** `tlsprobe.yaml:4:13`. */
	readonly place: (offset: number) => string;
	/** The number of problems. */
	readonly count: () => number;
	/** In the order of the file: `tlsprobe.yaml:4:13: ...`; only the first ones if there are very many. */
	readonly problems: () => readonly string[];
};

/** The most problems to report at once. */
const mostProblems = 20;

/** The value of a text, for example with variables replaced. */
export type Expand = (text: string, complain: (problem: string) => void) => string;

/**
Read YAML, of which JSON is a part.

@param file - Its name in messages.
@param expand - Is called with each text that is not a field name.
*/
export function openWithPosition(text: string, file: string, expand: Expand = unchanged => unchanged): OpenFile {
	const counter = new LineCounter();
	const found = new Map<number, string | (() => string)>();
	// Do not report a second problem of a value that could not be read.
	const complain: OpenFile['complain'] = (offset, problem) => {
		if (!found.has(offset)) {
			found.set(offset, problem);
		}
	};
	const deepAt = placeOfDeepest(text);
	// The library compares each key with all others of its mapping, in quadratic time; duplicates are found below instead.
	const document = parseDocument(deepAt === undefined ? text : '', {
		lineCounter: counter,
		prettyErrors: false,
		stringKeys: true,
		uniqueKeys: false,
	});
	if (deepAt !== undefined) {
		complain(deepAt, `values more than ${deepest} deep`);
	}

	for (const error of onlyFirstUnexpected([...document.errors, ...document.warnings])) {
		complain(error.pos[0], inWords(error, text));
	}

	const convert = makeConvert(document, expand, complain);
	const root = document.errors.length > 0 || document.contents === null ? undefined : convert(document.contents, 0);
	const place = (offset: number): string => {
		// Lines of a text that is not parsed are not counted.
		const {line, col} = deepAt === undefined ? counter.linePos(offset) : linePosition(text, offset);
		return `${file}:${line}:${col}`;
	};
	return {
		root,
		complain,
		place,
		count: () => found.size,
		problems() {
			const sorted = [...found].toSorted(([one], [other]) => one - other);
			const shown = sorted.slice(0, mostProblems);
			const lines = shown.map(([offset, problem]) => `${place(offset)}: ${typeof problem === 'string' ? problem : problem()}`);
			return sorted.length > mostProblems ? [...lines, `${file}: and ${sorted.length - mostProblems} more problems`] : lines;
		},
	};
}

/** No settings file is nested this deep; each level takes a call. */
const deepest = 100;

/** The offset of values that are nested too deep; undefined if there are none. Found without recursion. */
function placeOfDeepest(text: string): number | undefined {
	const parser = new Parser();
	for (const lexeme of new Lexer().lex(text)) {
		for (const _ of parser.next(lexeme)) {
		}

		// A value has two or three tokens around it.
		if (parser.stack.length > deepest * 2) {
			return parser.offset;
		}
	}

	return undefined;
}

function linePosition(text: string, offset: number): {readonly line: number; readonly col: number} {
	const before = text.slice(0, offset).split('\n');
	return {line: before.length, col: before.at(-1)!.length + 1};
}

type Convert = (node: YamlNode | null | undefined, fallback: number) => WithPosition;

/** More values than a person writes: aliases of aliases of aliases multiply. */
const mostValues = 100_000;

const nothing = {kind: 'other', value: null, written: ''} as const;

function makeConvert(document: Document.Parsed, expand: Expand, complain: OpenFile['complain']): Convert {
	const anchors = anchorsOf(document);
	/** The anchors that are being expanded. */
	const open = new Set<YamlNode>();
	let count = 0;

	const convert: Convert = (node, fallback) => {
		const offset = (node as ParsedNode | null | undefined)?.range?.[0] ?? fallback;
		count += 1;
		if (count > mostValues) {
			if (count === mostValues + 1) {
				complain(offset, `more than ${mostValues} values, with its aliases expanded`);
			}

			return {offset, ...nothing};
		}

		if (isAlias(node)) {
			const target = anchors.get(node);
			if (target === undefined || open.has(target)) {
				complain(
					offset,
					target === undefined ? `there is no anchor &${node.source} before it` : `the anchor &${node.source} contains itself`,
				);
				return {offset, ...nothing};
			}

			return {...convert(target, offset), offset};
		}

		if (isMap(node) || isSeq(node)) {
			open.add(node);
			const value: WithPosition = isMap(node)
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

		return {offset, kind: 'text', text: expand(value, problem => complain(offset, problem)), written: value};
	};

	/** Fields merged with `<<` come after the fields that are written. https://yaml.org/type/merge.html */
	const fieldsOf = (items: readonly MappingItem[], offset: number): readonly Field[] => {
		const given = new Set<string>();
		const fields = items.map(({key, value}): Field => {
			const keyOffset = (key as ParsedNode).range?.[0] ?? offset;
			const name = isScalar(key) ? String(key.value) : '';
			if (given.has(name)) {
				complain(keyOffset, `the field ${JSON.stringify(name)} is given twice`);
			}

			given.add(name);
			return {name, offset: keyOffset, value: convert(value, keyOffset)};
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

/** The value of each alias: the last anchor of its name before it. Found in one pass; the library searches the file for each alias. */
function anchorsOf(document: Document.Parsed): ReadonlyMap<Alias, YamlNode> {
	const named = new Map<string, YamlNode>();
	const found = new Map<Alias, YamlNode>();
	visit(document, {
		Alias(_key, node) {
			const target = named.get(node.source);
			if (target !== undefined) {
				found.set(node, target);
			}
		},
		Value(_key, node) {
			if (node.anchor !== undefined) {
				named.set(node.anchor, node);
			}
		},
	});
	return found;
}

type MappingItem = {readonly key: YamlNode | null; readonly value: YamlNode | null};

type ParserProblem = YAMLParseError | YAMLWarning;

/** Behind the first token that the parser does not expect, it expects none of the others. */
function onlyFirstUnexpected(problems: readonly ParserProblem[]): readonly ParserProblem[] {
	const first = problems.find(({code}) => code === 'UNEXPECTED_TOKEN');
	return problems.filter(problem => problem.code !== 'UNEXPECTED_TOKEN' || problem === first);
}

/** Messages of the parser, in words for the author of the file. No value is repeated, since it may be a password. */
function inWords({code, message, pos}: ParserProblem, text: string): string {
	switch (code) {
		case 'UNEXPECTED_TOKEN': {
			const [character = ''] = text.slice(pos[0], pos[0] + 1);
			return `${/[[\]{},:&*!|>"'-]/.test(character) ? `a ${JSON.stringify(character)}` : 'this word'} is not expected here`;
		}

		case 'MULTIPLE_DOCS':
			return 'a second document begins, but a file may have only one: remove ---, or use two files';
		case 'NON_STRING_KEY':
			return 'the name of a field is a word';
		case 'BLOCK_AS_IMPLICIT_KEY':
			return 'a field is inside a value: put the value in quotes if it contains ": ", or start the field on a new line';
		case 'TAB_AS_INDENT':
			return 'tabs are not allowed as indentation; use spaces';
		case 'TAG_RESOLVE_FAILED':
			return `${message.replace(/^Unresolved tag: /, 'there is no tag ')}; an environment variable is written \${NAME}`;
		default:
			return lowerFirst(message.split('\n')[0]!);
	}
}

const lowerFirst = (text: string): string => text.replace(/^[A-Z](?![A-Z])/, letter => letter.toLowerCase());
