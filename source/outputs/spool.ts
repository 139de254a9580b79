import {closeSync, openSync, readSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {Spool} from '../formats/format.js';
import {attempt, temporaryName, writeAll} from './write-file.js';

/** So much stays in memory, in characters. */
const mostInMemory = 2 ** 21;

const blockBytes = 2 ** 16;

/**
Keep lines in memory, and what is more than a few megabytes in a temporary file. Its name is taken away as soon as it is open, so that
nothing is left behind however the process ends.

@param folder - Where the file goes.
*/
export function openSpool(folder: string): Spool {
	const path = join(folder, temporaryName());
	let waiting: string[] = [];
	let size = 0;
	let descriptor: number | undefined;

	const flush = (): void => {
		descriptor ??= openUnnamed(path);
		writeAll(path, descriptor, `${waiting.join('\n')}\n`);
		waiting = [];
		size = 0;
	};

	return {
		add(line) {
			waiting.push(line);
			size += line.length;
			if (size > mostInMemory) {
				flush();
			}
		},
		*read() {
			if (descriptor !== undefined) {
				yield* readLines(path, descriptor);
			}

			yield* waiting;
		},
	};
}

function openUnnamed(path: string): number {
	const descriptor = attempt(path, () => openSync(path, 'wx+', 0o600));
	try {
		rmSync(path);
	} catch (error) {
		closeSync(descriptor);
		throw error;
	}

	return descriptor;
}

function* readLines(path: string, descriptor: number): Generator<string, void, void> {
	const block = Buffer.alloc(blockBytes);
	let rest: Buffer = Buffer.alloc(0);
	for (let position = 0; ; ) {
		const length = attempt(path, () => readSync(descriptor, block, 0, blockBytes, position));
		if (length === 0) {
			return;
		}

		position += length;
		const bytes = Buffer.concat([rest, block.subarray(0, length)]);
		let start = 0;
		for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
			yield bytes.toString('utf8', start, end);
			start = end + 1;
		}

		rest = bytes.subarray(start);
	}
}

const lineFeed = 0x0a;
