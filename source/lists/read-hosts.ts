import type {Entry} from './entry.js';
import {defaultReadOptions, type FormatReader, type ReadOptions} from './formats/format.js';
import {type HostsFormatName, hostsFormatNamed, recogniseFormat} from './formats/index.js';
import {CutError} from './formats/text/cut-error.js';
import {decode} from './formats/text/decode.js';
import {gunzip} from './formats/text/gunzip.js';
import {NotTextError, problemWithStart, refuseBinary} from './formats/text/not-text.js';
import {makeInvalid} from './targets/make-entries.js';

export type HostsInput = {
	/** What messages call it. */
	readonly file: string;
	/** As it comes: packed or not, cut anywhere. */
	readonly bytes: AsyncIterable<Uint8Array>;
	readonly format: HostsFormatName | 'auto';
	readonly options?: ReadOptions;
};

/** How far into a text its format is looked for, in characters. What starts with more of comments is a list of lines. */
const longestPreamble = 65_536;

/**
Read a list of hosts as it comes: a few kilobytes of it are held at a time, however long it is.

@returns The entries in their order, in batches of those that a piece of the input completes. None is empty.
@throws What the input throws. What the input holds never throws.
*/
export async function* readHosts({file, bytes, format, options = defaultReadOptions}: HostsInput): AsyncGenerator<readonly Entry[]> {
	const reader = format === 'auto' ? openRecognised(file, options) : hostsFormatNamed(format).open(file, options);
	let cut: string | undefined;
	try {
		for await (const text of decode(refuseBinary(gunzip(bytes)))) {
			yield* nonEmpty(reader.push(text));
			if (reader.isOver) {
				return;
			}
		}
	} catch (error) {
		if (error instanceof NotTextError) {
			yield [makeInvalid('', error.message, {file, line: 1})];
			return;
		}

		if (!(error instanceof CutError)) {
			throw error;
		}

		cut = error.message;
	}

	yield* nonEmpty(reader.end(cut));
}

const nonEmpty = (entries: readonly Entry[]): ReadonlyArray<readonly Entry[]> => (entries.length === 0 ? [] : [entries]);

/** A reader that waits for the first line that says something, and then is that of its format. */
function openRecognised(file: string, options: ReadOptions): FormatReader {
	const preamble = openPreamble();
	let reader: FormatReader | undefined;

	const start = (line: string): readonly Entry[] => {
		const problem = problemWithStart(line);
		reader = problem === undefined ? recogniseFormat(line).open(file, options) : openRefused(line, problem, file);
		return reader.push(preamble.held());
	};

	return {
		push(text) {
			if (reader !== undefined) {
				return reader.push(text);
			}

			const line = preamble.push(text);
			return line === undefined ? [] : start(line);
		},
		end(cut) {
			const entries = reader === undefined ? start(preamble.end()) : [];
			return [...entries, ...reader!.end(cut)];
		},
		get isOver() {
			return reader?.isOver ?? false;
		},
	};
}

/** Holds a text up to its first line that is neither blank nor a comment. Looks at each line once, in however many pieces it comes. */
function openPreamble() {
	const pieces: string[] = [];
	/** How much of the text stands before `line`. */
	let passed = 0;
	/** What no line end has followed yet. */
	let line = '';

	/** Of a line that goes on, what is within the preamble counts. */
	const lastOne = (): string => firstTelling([line.slice(0, Math.max(0, longestPreamble - passed))]) ?? '';

	return {
		/** @returns The line; an empty one where none is near enough to the start; undefined while more is wanted. */
		push(text: string): string | undefined {
			pieces.push(text);
			line += text;
			if (/[\r\n]/.test(text)) {
				const lines = line.slice(0, longestPreamble - passed).split(/[\r\n]/);
				const last = lines.pop()!;
				const found = firstTelling(lines);
				if (found !== undefined) {
					return found;
				}

				const length = lines.reduce((sum, {length}) => sum + length + 1, 0);
				passed += length;
				line = line.slice(length);
				if (passed + line.length >= longestPreamble) {
					return firstTelling([last]) ?? '';
				}
			}

			return passed + line.length >= longestPreamble ? lastOne() : undefined;
		},
		end: lastOne,
		held: () => pieces.join(''),
	};
}

/** Says once what is wrong with a text as a whole. */
function openRefused(line: string, problem: string, file: string): FormatReader {
	let isOver = false;
	const say = () => {
		const entries = isOver ? [] : [makeInvalid(line, problem, {file, line: 1})];
		isOver = true;
		return entries;
	};

	return {
		push: say,
		end: say,
		get isOver() {
			return isOver;
		},
	};
}

const firstTelling = (lines: readonly string[]): string | undefined =>
	lines.map(line => line.trim()).find(line => line !== '' && !line.startsWith('#'));
