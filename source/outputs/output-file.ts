import {
	chmodSync,
	closeSync,
	constants,
	fstatSync,
	ftruncateSync,
	openSync,
	realpathSync,
	renameSync,
	rmSync,
	type Stats,
	statSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import {attempt, temporaryName, writeAll} from './write-file.js';

export type OutputFile = {
	/** Appends; the text is with the system when this returns. */
	write(content: string | Uint8Array): void;
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
	const descriptor = attempt(path, () => openSync(path, keepBytes === undefined ? afresh : 'a'));
	attempt(path, () => {
		if (keepBytes !== undefined && fstatSync(descriptor).size > keepBytes) {
			ftruncateSync(descriptor, keepBytes);
		}
	});
	const close = closeOnce(path, descriptor);
	return {write: content => writeAll(path, descriptor, content), close, abandon: close};
}

/** As `w`, but each write goes to the end, even if another process writes there. */
const afresh = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND;

/**
Open a file for a document that is of no use in part. It is written beside its place and moved there when it is complete, so that
no reader finds half of it and the earlier file stays until then.

@throws {OutputError} As above.
*/
export function openWholeFile(path: string): OutputFile {
	const existing = attempt(path, () => statSync(path, {throwIfNoEntry: false}));
	if ((existing !== undefined && !existing.isFile()) || /[/\\]$/.test(path)) {
		// A pipe or a device is not to be replaced by a file, and what ends as a folder does is found to be none before anything is probed.
		return openOutputFile(path);
	}

	const place = existing === undefined ? path : attempt(path, () => realpathSync(path));
	const temporary = join(dirname(place), temporaryName());
	const descriptor = attempt(path, () => openSync(temporary, 'wx'));
	const close = closeOnce(path, descriptor);
	let isMoved = false;
	const abandon = (): void => {
		close();
		if (!isMoved) {
			rmSync(temporary, {force: true});
		}
	};

	return {
		write: content => writeAll(path, descriptor, content),
		close() {
			try {
				close();
				attempt(path, () => moveTo(place, temporary, existing));
				isMoved = true;
			} catch (error) {
				abandon();
				throw error;
			}
		},
		abandon,
	};
}

function closeOnce(path: string, descriptor: number): () => void {
	let isOpen = true;
	return () => {
		if (isOpen) {
			isOpen = false;
			attempt(path, () => closeSync(descriptor));
		}
	};
}

function moveTo(place: string, temporary: string, existing: Stats | undefined): void {
	if (existing !== undefined) {
		chmodSync(temporary, existing.mode);
	}

	renameSync(temporary, place);
}
