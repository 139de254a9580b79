import {accessSync, constants} from 'node:fs';
import path from 'node:path';

/** Where servers are kept on Debian, which is not on every user's path, and where Go is installed. */
const moreFolders = ['/usr/sbin', '/usr/local/sbin', '/usr/local/go/bin'];

/** The path of a program; undefined where it is not installed. A path is looked at as it is. */
export function findProgram(name: string): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(path.delimiter).filter(folder => folder !== ''), ...moreFolders];
	return folders.map(folder => path.resolve(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
