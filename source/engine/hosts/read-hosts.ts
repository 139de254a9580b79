import type {Entry} from './entry.js';
import type {FormatReader} from './format.js';
import {type HostsFormatName, hostsFormatNamed, recogniseFormat} from './index.js';
import {CutError} from './text/cut-error.js';
import {decode} from './text/decode.js';
import {gunzip} from './text/gunzip.js';

export type HostsInput = {
	/** What messages call it. */
	readonly file: string;
	/** As it comes: packed or not, cut anywhere. */
	readonly bytes: AsyncIterable<Uint8Array>;
	readonly format: HostsFormatName | 'auto';
};

/** How far into a text its format is looked for, in characters. What starts with more of comments is a list of lines. */
const longestPreamble = 65_536;

/**
Read a list of hosts as it comes: a few kilobytes of it are held at a time, however long it is.

@returns The entries in their order, in batches of those that a piece of the input completes. None is empty.
@throws What the input throws. What the input holds never throws.
*/
export async function* readHosts({file, bytes, format}: HostsInput): AsyncGenerator<readonly Entry[]> {
	const reader = format === 'auto' ? openRecognised(file) : hostsFormatNamed(format).open(file);
	let cut: string | undefined;
	try {
		for await (const text of decode(gunzip(bytes))) {
			yield* nonEmpty(reader.push(text));
			if (reader.isOver) {
				return;
			}
		}
	} catch (error) {
		if (!(error instanceof CutError)) {
			throw error;
		}

		cut = error.message;
	}

	yield* nonEmpty(reader.end(cut));
}

const nonEmpty = (entries: readonly Entry[]): ReadonlyArray<readonly Entry[]> => (entries.length === 0 ? [] : [entries]);

/** A reader that waits for the first line that says something, and then is that of its format. */
function openRecognised(file: string): FormatReader {
	let held = '';
	let reader: FormatReader | undefined;

	const start = (line: string): readonly Entry[] => {
		reader = recogniseFormat(line).open(file);
		return reader.push(held);
	};

	return {
		push(text) {
			if (reader !== undefined) {
				return reader.push(text);
			}

			held += text;
			const isFull = held.length >= longestPreamble;
			if (!isFull && !/[\r\n]/.test(text)) {
				return [];
			}

			const line = firstTelling(held.slice(0, longestPreamble), isFull);
			return line === undefined && !isFull ? [] : start(line ?? '');
		},
		end(cut) {
			const entries = reader === undefined ? start(firstTelling(held, true) ?? '') : [];
			return [...entries, ...reader!.end(cut)];
		},
		get isOver() {
			return reader?.isOver ?? false;
		},
	};
}

/** The first line that is neither blank nor a comment. One that no line end follows counts where no more of it will come. */
function firstTelling(text: string, isEnd: boolean): string | undefined {
	const lines = text.split(/[\r\n]+/).map(line => line.trim());
	return (isEnd ? lines : lines.slice(0, -1)).find(line => line !== '' && !line.startsWith('#'));
}
