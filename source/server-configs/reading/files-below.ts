import path from 'node:path';
import {ConfigurationError} from './configuration-error.js';
import type {ConfigurationFiles} from './files.js';

/** Folders below a folder, of which links can make any number. */
const mostFolders = 1000;

/**
The files in a folder and in the folders below it, in their order; a file stands for itself.

@param place - Where the folder is named, for errors.
@throws {ConfigurationError} Where there are too many folders.
*/
export function filesBelow(first: string, files: ConfigurationFiles, place: string): readonly string[] {
	const found: string[] = [];
	let folders = 0;
	const pending = [first];
	for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
		const names = files.list(name);
		if (names === undefined) {
			found.push(name);
			continue;
		}

		folders += 1;
		if (folders > mostFolders) {
			throw new ConfigurationError(`${place}: more than ${mostFolders} folders in ${first}`);
		}

		for (const inner of names.toReversed()) {
			pending.push(path.join(name, inner));
		}
	}

	return found;
}
