import {accessSync, constants} from 'node:fs';
import path from 'node:path';

/** Where servers are kept on Debian, which is not on every user's path, and where Go is installed. */
const moreFolders = ['/usr/sbin', '/usr/local/sbin', '/usr/local/go/bin'];

/** The path of a program, or of a file that is given by its whole path; undefined where it is not installed. */
export function findProgram(name: string): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(path.delimiter).filter(folder => folder !== ''), ...moreFolders];
	return folders.map(folder => path.resolve(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
	try {
		// Plug-ins are read, not run.
		accessSync(file, file.endsWith('.so') ? constants.R_OK : constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
