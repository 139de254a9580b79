import {writeSync} from 'node:fs';
import {OutputError} from './output-error.js';
import {whyUnwritable} from './why-unwritable.js';

/** A name beside another that is as short for a long name as for a short one. */
export const temporaryName = (): string => `.tlsprobe-${Math.random().toString(36).slice(2)}.tmp`;

export function writeAll(path: string, descriptor: number, content: string | Uint8Array): void {
	const bytes = typeof content === 'string' ? Buffer.from(content) : content;
	for (let written = 0; written < bytes.length; ) {
		written += attempt(path, () => writeSync(descriptor, bytes, written));
	}
}

/** @throws {OutputError} Naming the file, for what the system says no to. */
export function attempt<Value>(path: string, action: () => Value): Value {
	try {
		return action();
	} catch (error) {
		throw new OutputError(`cannot write ${path}: ${whyUnwritable(error)}`, {cause: error});
	}
}
