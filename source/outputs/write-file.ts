import {writeSync} from 'node:fs';
import {OutputError} from './output-error.js';

/** A name beside another that is as short for a long name as for a short one. */
export const temporaryName = (): string => `.tlsprobe-${Math.random().toString(36).slice(2)}.tmp`;

export function writeAll(path: string, descriptor: number, content: string | Uint8Array): void {
	const bytes = typeof content === 'string' ? Buffer.from(content) : content;
	for (let written = 0; written < bytes.length; ) {
		written += attempt(path, () => writeSync(descriptor, bytes, written));
	}
}

const words: Readonly<Record<string, string>> = {
	ENOSPC: 'the disk is full',
	EDQUOT: 'the disk quota is exceeded',
	ENOENT: 'the directory does not exist',
	EACCES: 'permission denied',
	EISDIR: 'it is a directory',
	EROFS: 'the file system is read-only',
	ENOTDIR: 'a part of its path is a file, not a directory',
	ENAMETOOLONG: 'the name is too long',
};

/** @throws {OutputError} Naming the file, for what the system says no to. */
export function attempt<Value>(path: string, action: () => Value): Value {
	try {
		return action();
	} catch (error) {
		const {code = '', message} = error as NodeJS.ErrnoException;
		throw new OutputError(`cannot write ${path}: ${words[code] ?? message}`, {cause: error});
	}
}
