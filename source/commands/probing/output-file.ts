import {closeSync, fstatSync, ftruncateSync, openSync, writeSync} from 'node:fs';
import {OutputError} from '../command.js';

export type OutputFile = {
	/** Appends whole lines; they are with the system when this returns. */
	write(text: string): void;
	close(): void;
};

/**
Open a file for results.

@param keepBytes - How much of what is there stays: what an earlier run has finished. Undefined starts afresh.
@throws {OutputError} Now or from `write`, naming the file: a full disk, a folder that is not there.
*/
export function openOutputFile(path: string, keepBytes?: number): OutputFile {
	const descriptor = attempt(path, () => openSync(path, keepBytes === undefined ? 'w' : 'a'));
	attempt(path, () => {
		if (keepBytes !== undefined && fstatSync(descriptor).size > keepBytes) {
			ftruncateSync(descriptor, keepBytes);
		}
	});
	return {
		write(text) {
			const bytes = Buffer.from(text);
			for (let written = 0; written < bytes.length; ) {
				written += attempt(path, () => writeSync(descriptor, bytes, written));
			}
		},
		close: () => attempt(path, () => closeSync(descriptor)),
	};
}

const words: Readonly<Record<string, string>> = {
	ENOSPC: 'the disk is full',
	EDQUOT: 'the quota is used up',
	ENOENT: 'the folder does not exist',
	EACCES: 'not permitted',
	EISDIR: 'it is a folder',
	EROFS: 'the disk can only be read',
};

function attempt<Value>(path: string, action: () => Value): Value {
	try {
		return action();
	} catch (error) {
		const {code = '', message} = error as NodeJS.ErrnoException;
		throw new OutputError(`cannot write ${path}: ${words[code] ?? message}`, {cause: error});
	}
}
