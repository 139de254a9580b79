import {spawnSync} from 'node:child_process';
import {accessSync, constants} from 'node:fs';
import path from 'node:path';
import type {InstalledProgram} from '../server-configs/product.js';
import {type ProductVersion, readProductVersion} from '../server-configs/reading/product-version.js';

/** Where servers are kept on Linux, which is not on every user's path. */
const moreFolders = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin'];

/** A program that only says its version needs no longer, unless it is another one of the same name. */
const patienceMs = 3000;

/**
The version of a program that is installed here, by what it says of itself. Undefined where there is none, or where it says something else.

Relative folders of the path are not looked in: a folder with a stranger's configuration may have a stranger's program.
*/
export function installedVersion(
	{programs, argv, pattern}: InstalledProgram,
	environment: Readonly<Record<string, string | undefined>>,
): {readonly text: string; readonly version: ProductVersion} | undefined {
	const listed = (environment.PATH ?? environment.Path ?? '').split(path.delimiter);
	const folders = [...listed, ...(path.sep === '/' ? moreFolders : [])].filter(folder => path.isAbsolute(folder));
	const names = programs.map(name => (path.sep === '/' ? name : `${name}.exe`));
	const found = folders.flatMap(folder => names.map(name => path.join(folder, name))).find(isExecutable);
	if (found === undefined) {
		return undefined;
	}

	const {stdout, stderr} = spawnSync(found, argv, {
		encoding: 'utf8',
		timeout: patienceMs,
		maxBuffer: 65_536,
		stdio: ['ignore', 'pipe', 'pipe'],
		windowsHide: true,
	});
	const text = pattern.exec(`${stdout ?? ''}${stderr ?? ''}`)?.[1];
	const version = text === undefined ? undefined : readProductVersion(text);
	return version === undefined ? undefined : {text: text!, version};
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
