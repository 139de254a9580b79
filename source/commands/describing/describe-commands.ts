import type {Command, Flag, ListedCommands} from '../command.js';
import {commonFlags, optionOf as spellingOf} from '../read-flags.js';
import {type HelpOption, optionsOf} from './read-help.js';
import type {ValueKind} from './value-kind.js';
import {valueWords} from './value-words.js';

/** What may stand in a place of a command line. */
export type DescribedValue = {
	/** What stands for it in the help: `NAME`. */
	readonly placeholder: string;
	/** What it may be; empty for free text. */
	readonly words: readonly string[];
	/** What else it may be. */
	readonly paths: 'file' | 'folder' | 'host' | undefined;
	/** Whether several may be given, with commas between them. */
	readonly isList: boolean;
	readonly isOptional: boolean;
};

export type DescribedOption = {
	/** Each way to write it: `-o`, `--output`. */
	readonly spellings: readonly string[];
	/** In a few words. */
	readonly text: string;
	/** Undefined for one that has no value. */
	readonly value: DescribedValue | undefined;
	readonly isMultiple: boolean;
};

/** A command as completions need it. */
export type DescribedCommand = {
	readonly name: string;
	readonly summary: string;
	readonly options: readonly DescribedOption[];
	readonly operands: DescribedValue;
};

/** The texts of options that the help of most commands does not describe. */
const commonTexts: Readonly<Record<string, string>> = {
	'--help': 'show the help',
	'--version': 'show the version',
	'--licenses': 'show the licences of tlsprobe and of its parts',
	'--color': 'colours',
	'--no-color': 'no colours',
	'--colour': 'colours',
	'--no-colour': 'no colours',
};

/** Every command, from its flags and its help. An option that a help only names is described by that of the main command. */
export async function describeCommands(listed: ListedCommands): Promise<DescribedCommand[]> {
	const commands = await Promise.all(Object.values(listed).map(async ({load}) => (await load()).default));
	const main = commands.find(({name}) => name === 'probe')!;
	const usual = optionsOf(main.help);
	return [
		...commands.map(command => describe(command, [...optionsOf(command.help), ...usual])),
		{
			name: 'help',
			summary: 'show the help of a command',
			options: [],
			operands: {...describeValue('text', 'COMMAND'), words: commands.map(({name}) => name)},
		},
	];
}

function describe({name, summary, flags, operands}: Command, texts: readonly HelpOption[]): DescribedCommand {
	return {
		name,
		summary,
		options: Object.entries<Flag>({...flags, ...commonFlags}).flatMap(([flag, spec]) => describeFlag(flag, spec, texts)),
		operands: describeValue(operands, operands.toUpperCase()),
	};
}

function describeFlag(name: string, flag: Flag, texts: readonly HelpOption[]): DescribedOption[] {
	const spelling = spellingOf(name);
	const textOf = (wanted: string): HelpOption | undefined => texts.find(({spellings, text}) => text !== '' && spellings.includes(wanted));
	const {text = commonTexts[spelling] ?? '', spellings = [], placeholders = []} = textOf(spelling) ?? {};
	const placeholder = placeholders[spellings.indexOf(spelling)] ?? '';
	const short = flag.shortFlag === undefined ? [] : [`-${flag.shortFlag}`];
	const isNegatable = flag.type === 'string' ? flag.isNegatable : name in commonFlags && `--no-${name}` in commonTexts;
	const negated = `--no-${spelling.replace(/^-+/, '')}`;
	return [
		{
			spellings: [...short, spelling],
			text: inBrief(text),
			value:
				flag.type === 'string' ? {...describeValue(flag.value, placeholder, flag.isList), isOptional: flag.alone !== undefined} : undefined,
			isMultiple: flag.type === 'string' && flag.isMultiple === true,
		},
		...(isNegatable
			? [{spellings: [negated], text: inBrief(textOf(negated)?.text ?? commonTexts[negated]!), value: undefined, isMultiple: false}]
			: []),
	];
}

function describeValue(kind: ValueKind, placeholder: string, isList = false): DescribedValue {
	const base = {placeholder: placeholder.replace(/^\[(.*)\]$/, '$1') || 'VALUE', words: [], paths: undefined, isList, isOptional: false};
	switch (kind) {
		case 'text':
			return base;
		case 'file':
		case 'folder':
		case 'host':
			return {...base, paths: kind};
		default:
			// A catalog may be a user's own file.
			return {...base, words: valueWords[kind], paths: kind === 'catalogs' ? 'file' : undefined};
	}
}

/** As much of a text as a menu has room for: without when it holds, up to its first details. */
function inBrief(text: string): string {
	const meaning = text.replace(/^(?:with|for the new run)\b[^:]*: /, '');
	const start = meaning.split(/(?:[;:]|\.) |, such as |, (?:and|or) (?=\w+ \w)| {2}\[/)[0]!.replace(/[ ,.]+$/, '');
	return start.length <= mostBrief ? start : `${start.slice(0, mostBrief).replace(/[ ,]+\S*$/, '')} ...`;
}

const mostBrief = 68;
