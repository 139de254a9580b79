import {
	chmodSync,
	closeSync,
	fstatSync,
	ftruncateSync,
	openSync,
	realpathSync,
	renameSync,
	rmSync,
	type Stats,
	statSync,
	writeSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {OutputError} from '../command.js';

export type OutputFile = {
	/** Appends; the text is with the system when this returns. */
	write(text: string): void;
	/** Ends what is complete. */
	close(): void;
	/** Ends what is not. */
	abandon(): void;
};

/**
Open a file for what is of use as far as it goes.

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
	const close = (): void => attempt(path, () => closeSync(descriptor));
	return {write: text => writeAll(path, descriptor, text), close, abandon: close};
}

/**
Open a file for a document that is of no use in part. It is written beside its place and moved there when it is complete, so that
nobody reads half of it and what was there before stays until then.

@throws {OutputError} As above.
*/
export function openWholeFile(path: string): OutputFile {
	const existing = attempt(path, () => statSync(path, {throwIfNoEntry: false}));
	if ((existing !== undefined && !existing.isFile()) || /[/\\]$/.test(path)) {
		// A pipe or a device is not to be replaced by a file, and what ends as a folder does is found to be none before anything is probed.
		return openOutputFile(path);
	}

	const place = existing === undefined ? path : attempt(path, () => realpathSync(path));
	const temporary = join(dirname(place), `.${basename(place)}.${Math.random().toString(36).slice(2)}.tmp`);
	const descriptor = attempt(path, () => openSync(temporary, 'wx'));
	const remove = (): void => rmSync(temporary, {force: true});
	return {
		write: text => writeAll(path, descriptor, text),
		close() {
			try {
				attempt(path, () => closeSync(descriptor));
				attempt(path, () => moveTo(place, temporary, existing));
			} catch (error) {
				remove();
				throw error;
			}
		},
		abandon() {
			closeSync(descriptor);
			remove();
		},
	};
}

function moveTo(place: string, temporary: string, existing: Stats | undefined): void {
	if (existing !== undefined) {
		chmodSync(temporary, existing.mode);
	}

	renameSync(temporary, place);
}

function writeAll(path: string, descriptor: number, text: string): void {
	const bytes = Buffer.from(text);
	for (let written = 0; written < bytes.length; ) {
		written += attempt(path, () => writeSync(descriptor, bytes, written));
	}
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
