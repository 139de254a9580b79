import {fstatSync, realpathSync, statSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {InputError} from '../bytes/input-error.js';

/** A file as the user gave it. */
export type GivenFile = {
	/** What it is called: the flag that gave it, or what it is. */
	readonly name: string;
	/** `-` is standard input. */
	readonly path: string;
};

/**
Refuse to write a file that is also read, or twice, however it is named: it would be emptied before it is read.

@throws {InputError} Before anything was opened.
*/
export function checkDistinct(read: readonly GivenFile[], written: readonly GivenFile[]): void {
	const inputs = new Map<string, GivenFile>();
	for (const file of read) {
		const identity = existingIdentity(file.path);
		if (identity !== undefined) {
			inputs.set(identity, file);
		}
	}

	const outputs = new Map<string, GivenFile>();
	for (const file of written) {
		const identity = identityOf(file.path);
		const input = identity === undefined ? undefined : inputs.get(identity);
		if (input !== undefined) {
			throw new InputError(`${inWords(file)} is the same file as ${inWords(input)}, which is an input`, {hint: 'name another file'});
		}

		const other = identity === undefined ? undefined : outputs.get(identity);
		if (other !== undefined) {
			throw new InputError(`${inWords(file)} is the same file as ${inWords(other)}`, {hint: 'name another file'});
		}

		if (identity !== undefined) {
			outputs.set(identity, file);
		}
	}
}

const inWords = ({name, path}: GivenFile): string => `${name} ${path}`;

/** Undefined for what is no file: a device or a pipe may be named as often as one likes. */
function existingIdentity(path: string): string | undefined {
	try {
		const status = path === '-' ? fstatSync(0, {bigint: true}) : statSync(path, {bigint: true});
		if (!status.isFile()) {
			return undefined;
		}

		// Some file systems of Windows number nothing.
		return status.ino === 0n ? realpathSync(path) : `${status.dev} ${status.ino}`;
	} catch {
		return undefined;
	}
}

function identityOf(path: string): string | undefined {
	try {
		if (statSync(path, {throwIfNoEntry: false}) !== undefined) {
			return existingIdentity(path);
		}

		return join(realpathSync(dirname(path)), basename(path));
	} catch {
		return undefined;
	}
}
