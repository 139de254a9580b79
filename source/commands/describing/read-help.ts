import {blocksOf, type HelpBlock} from '../../formats/help.js';

/** A heading of a help text, and what is below it. What comes before the first heading has none. */
export type HelpSection = {readonly title: string; readonly blocks: readonly HelpBlock[]};

/** An option as a help text has it: `-o, --output FILE`. */
export type HelpOption = {
	/** Each way to write it: `-o`, `--output`. Several options may share one text. */
	readonly spellings: readonly string[];
	/** What stands for the value of each, such as `FILE` or `all|first`; in brackets if it may be left out; undefined if it has none. */
	readonly placeholders: readonly (string | undefined)[];
	readonly text: string;
};

/** A help text by its headings. */
export function readHelp(help: string): HelpSection[] {
	const blocks = blocksOf(help.replace(/\n$/, '').split('\n'));
	const sections: {title: string; blocks: HelpBlock[]}[] = [];
	for (const [index, block] of blocks.entries()) {
		const next = blocks[index + 1];
		const isHeading = block.kind === 'paragraph' && block.indent === 0 && next !== undefined && next.indent > 0;
		// After the usage comes what the command does, which has no heading.
		const isBody = block.kind === 'paragraph' && block.indent === 0 && !isHeading;
		if (isHeading || sections.length === 0 || (isBody && sections.at(-1)!.title === 'Usage')) {
			sections.push({title: isHeading ? block.text : '', blocks: isHeading ? [] : [block]});
		} else {
			sections.at(-1)!.blocks.push(block);
		}
	}

	return sections.map(({title, blocks: body}) => ({title, blocks: withoutEnds(body)}));
}

const isBlank = (block: HelpBlock | undefined): boolean => block?.kind === 'literal' && block.text === '';

function withoutEnds(blocks: readonly HelpBlock[]): HelpBlock[] {
	const last = blocks.findLastIndex(block => !isBlank(block));
	const first = blocks.findIndex(block => !isBlank(block));
	return first === -1 ? [] : blocks.slice(first, last + 1);
}

/** The option that a block of a help text describes. */
export function optionOf(block: HelpBlock): HelpOption | undefined {
	if (block.kind !== 'definition' || !block.term.startsWith('-')) {
		return undefined;
	}

	const items = block.term.split(', ').map(item => item.split(/ (.*)/s));
	return {
		spellings: items.map(([spelling]) => spelling!),
		// `-o, --output FILE`: one for both.
		placeholders: items.map((_item, index) => items.slice(index).find(([, placeholder]) => placeholder !== undefined)?.[1]),
		text: block.text,
	};
}

/** The options that a help text describes, in its order. */
export const optionsOf = (help: string): HelpOption[] =>
	readHelp(help).flatMap(({blocks}) => blocks.flatMap(block => optionOf(block) ?? []));
