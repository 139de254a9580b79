import {mkdirSync, statSync} from 'node:fs';
import path from 'node:path';

/**
Make a folder, and those above it that are not there. The recursive `mkdir` of Node.js never returns on a file system that takes
no folders and says ENOENT, such as /proc.

@throws What the system says, or that a file is in its place.
*/
export function makeFolder(folder: string): void {
	const missing: string[] = [];
	for (let place = path.resolve(folder); !isThere(place); place = path.dirname(place)) {
		missing.push(place);
	}

	for (const place of missing.toReversed()) {
		makeOne(place);
	}

	if (!statSync(folder).isDirectory()) {
		throw new Error('it is a file, not a directory');
	}
}

/** The root counts as there, so that the way up ends. */
const isThere = (place: string): boolean => path.dirname(place) === place || statSync(place, {throwIfNoEntry: false}) !== undefined;

function makeOne(place: string): void {
	try {
		mkdirSync(place);
	} catch (error) {
		// Made by another run meanwhile.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
			throw error;
		}
	}
}
