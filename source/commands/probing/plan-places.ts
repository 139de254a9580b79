import {extname, resolve} from 'node:path';
import type {Places} from '../../outputs/places.js';
import {UsageError} from '../command.js';
import {readWords} from './read-words.js';

/** The flags of every command that prints. */
export type PlaceFlags = {
	readonly format?: string | undefined;
	readonly json?: boolean | undefined;
	readonly output: readonly string[];
};

export type PlaceChoice<Name extends string> = {
	/** The formats that there are, and what a file's name ends in that has one of them; undefined where it has to be named. */
	readonly formats: Readonly<Record<Name, {readonly extension: string | undefined}>>;
	/** What stdout carries where neither a format nor a file was asked for. */
	readonly usual: Name;
	/** What a file has whose name has no ending. */
	readonly unnamed: Name;
	/** What a file has whose name ends in something else; undefined where that is a slip. */
	readonly fallback?: Name | undefined;
};

/**
Tell what goes where, which is the same for every command: `--format` names a format, and `--output` a file, in the format that its name ends
in. Stdout carries the format that was asked for unless a file has it already.

@throws {UsageError} Where the format of a file cannot be told, and for what contradicts itself.
*/
export function planPlaces<Name extends string>({format, json, output}: PlaceFlags, choice: PlaceChoice<Name>): Places<Name> {
	if (json && format !== undefined && format !== 'jsonl') {
		throw new UsageError('--json is short for --format jsonl; use one of them');
	}

	const name = json ? 'jsonl' : format;
	const asked = name === undefined ? undefined : readFormat(name, choice);
	const files = output.map(path => ({path, format: formatOf(path, asked, choice)}));
	const twice = files.find(({path}, index) => files.slice(0, index).some(other => resolve(other.path) === resolve(path)));
	if (twice !== undefined) {
		throw new UsageError(`--output ${twice.path} is given twice`);
	}

	const isInFile = files.some(file => file.format === asked);
	return {printed: asked === undefined ? (files.length > 0 ? undefined : choice.usual) : isInFile ? undefined : asked, files};
}

const namesOf = <Name extends string>({formats}: PlaceChoice<Name>): readonly Name[] => Object.keys(formats) as Name[];

function readFormat<Name extends string>(text: string, choice: PlaceChoice<Name>): Name {
	const [name, ...others] = readWords('--format', [text], namesOf(choice));
	if (others.length > 0) {
		throw new UsageError('--format takes one name; --output FILE writes other formats to files');
	}

	return name!;
}

function formatOf<Name extends string>(path: string, asked: Name | undefined, choice: PlaceChoice<Name>): Name {
	if (path === '-') {
		throw new UsageError('--output takes the name of a file; without it, --format writes to standard output');
	}

	const {formats, unnamed, fallback} = choice;
	const named = namesOf(choice).find(name => {
		const {extension} = formats[name];
		return extension !== undefined && path.toLowerCase().endsWith(extension);
	});
	// A name that says nothing at all gets the usual format of files; one that says something else is a slip.
	const format = named ?? asked ?? fallback ?? (extname(path) === '' ? unnamed : undefined);
	if (format === undefined) {
		const extensions = namesOf(choice).flatMap(name => formats[name].extension ?? []);
		throw new UsageError(`--output ${path}: set the format with --format NAME, or use a name that ends in ${extensions.join(' ')}`);
	}

	return format;
}
