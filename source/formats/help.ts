import {columnsOf, hangingIndent} from './fill.js';

/** Less room than this beside an option is none: what it means goes below it. */
const leastDescription = 24;

/** A piece of a help text, with how far it is set in. */
export type HelpBlock =
	/** On separate lines, unchanged: a blank line, or a line of an example file. */
	| {readonly kind: 'literal'; readonly indent: number; readonly text: string}
	/** A command to copy. */
	| {readonly kind: 'command'; readonly indent: number; readonly text: string}
	| {readonly kind: 'paragraph'; readonly indent: number; readonly hanging: number; readonly text: string}
	/** An option or a word, and in a column beside it what it means. */
	| {readonly kind: 'definition'; readonly indent: number; readonly column: number; readonly term: string; readonly text: string};

/**
A help text, which is written for 80 columns, for a terminal of another width: no line is longer, and lines end between words. Where all of them fit
it stays as it is. A line that begins with a bar, which is left out, is one of an example file.
*/
export function fitHelp(help: string, columns: number): string {
	const width = columnsOf({columns});
	const lines = help.replace(/\n$/, '').split('\n');
	return lines.every(line => line.length <= width)
		? help.replaceAll(/^( *)\| /gm, '$1')
		: `${blocksOf(lines)
				.flatMap(block => linesOf(block, width))
				.join('\n')}\n`;
}

const indentOf = (line: string): number => /^ */.exec(line)![0].length;

export function blocksOf(lines: readonly string[]): HelpBlock[] {
	const blocks: HelpBlock[] = [];
	for (const line of lines) {
		const indent = indentOf(line);
		const text = line.trim();
		const last = blocks.at(-1);
		const joined = last === undefined || isItsOwn(text, indent, last) ? undefined : joinedTo(last, indent, text);
		if (joined === undefined) {
			blocks.push(blockOf(indent, text));
		} else {
			blocks[blocks.length - 1] = joined;
		}
	}

	return blocks;
}

/** What never goes on with the line before: options that are not within a list of them, commands, numbered exit codes. */
const isItsOwn = (text: string, indent: number, last: HelpBlock): boolean =>
	text === '' ||
	/^(?:\$ |\| |\d+ )/.test(text) ||
	(text.startsWith('-') &&
		!(last.kind === 'definition' && last.column === indent) &&
		!(last.kind === 'paragraph' && last.text.endsWith(',')));

function joinedTo(last: HelpBlock, indent: number, text: string): HelpBlock | undefined {
	switch (last.kind) {
		case 'definition':
			return indent === last.column || (last.text === '' && indent > last.indent + 4)
				? {...last, column: indent, text: `${last.text} ${text}`.trim()}
				: undefined;
		case 'paragraph':
			return !/\S {2,}\S/.test(text) && (indent === last.indent ? last.indent === last.hanging : indent > last.indent + 4)
				? {...last, hanging: indent, text: `${last.text} ${text}`}
				: indent === last.hanging && indent > last.indent
					? {...last, text: `${last.text} ${text}`}
					: undefined;
		case 'command':
		case 'literal':
			return undefined;
		default:
			return last satisfies never;
	}
}

function blockOf(indent: number, text: string): HelpBlock {
	if (text === '' || text.startsWith('| ')) {
		return {kind: 'literal', indent, text: text.slice(2)};
	}

	if (text.startsWith('$ ')) {
		return {kind: 'command', indent, text};
	}

	const {term, gap, rest} = /^(?<term>\S.*?)(?<gap> {2,})(?<rest>\S.*)$/.exec(text)?.groups ?? {};
	if (indent > 0 && term !== undefined && !/^\d/.test(text)) {
		return {kind: 'definition', indent, column: indent + term.length + gap!.length, term, text: rest!};
	}

	return text.startsWith('-')
		? {kind: 'definition', indent, column: indent + 4, term: text, text: ''}
		: {kind: 'paragraph', indent, hanging: indent, text};
}

function linesOf(block: HelpBlock, width: number): string[] {
	const {indent} = block;
	const margin = ' '.repeat(indent);
	switch (block.kind) {
		case 'literal':
			return block.text === ''
				? ['']
				: hangingIndent(block.text.trimStart(), width, margin + leading(block.text), `${margin}${leading(block.text)}    `);
		case 'command':
			return commandLines(block.text, width, margin);
		case 'paragraph':
			return hangingIndent(block.text, width, margin, ' '.repeat(block.hanging), true);
		case 'definition':
			return definitionLines(block, width, margin);
		default:
			return block satisfies never;
	}
}

const leading = (text: string): string => /^ */.exec(text)![0];

function definitionLines({indent, column, term, text}: Extract<HelpBlock, {kind: 'definition'}>, width: number, margin: string): string[] {
	const terms = hangingIndent(term, width, margin, `${margin}  `);
	const longest = Math.max(leastDescription, ...text.split(' ').map(word => word.length));
	const isBeside = width - column >= longest && terms.length === 1 && indent + term.length < column;
	const start = isBeside ? column : indent + 4;
	const meaning = text === '' ? [] : hangingIndent(text, width, ' '.repeat(start), ' '.repeat(start), true);
	return isBeside && meaning.length > 0
		? [terms[0]!.padEnd(column) + meaning[0]!.slice(column), ...meaning.slice(1)]
		: [...terms, ...meaning];
}

/** Still to be copied: a backslash ends a line that goes on, and what is quoted stays together. */
function commandLines(text: string, width: number, margin: string): string[] {
	const lines: string[] = [];
	for (const word of text.match(/(?:"[^"]*"|'[^']*'|\S)+/g) ?? []) {
		const line = lines.at(-1);
		if (line === undefined) {
			lines.push(margin + word);
		} else if (line.trim() === '$' || line.length + 1 + word.length <= width - 2) {
			lines[lines.length - 1] = `${line} ${word}`;
		} else {
			lines[lines.length - 1] = `${line} \\`;
			lines.push(`${margin}    ${word}`);
		}
	}

	return lines;
}
