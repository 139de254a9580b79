import {spawn} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** Run a program. @returns {Promise<string>} What it said. @throws {Error} With that, unless it ends with 0. */
export async function run(program, argv, options = {}) {
	// Programs under Wine cannot write to pipes.
	const folder = mkdtempSync(path.join(tmpdir(), 'tlsprobe-run-'));
	const file = path.join(folder, 'said');
	const said = openSync(file, 'w');
	try {
		const code = await new Promise((resolve, reject) => {
			const child = spawn(program, argv, {stdio: ['ignore', said, said], ...options});
			child.on('error', reject);
			child.on('close', resolve);
		});
		if (code !== 0) {
			throw new Error(`${program} ${argv.join(' ')} ended with ${code}: ${readFileSync(file, 'utf8')}`);
		}

		return readFileSync(file, 'utf8');
	} finally {
		closeSync(said);
		rmSync(folder, {recursive: true});
	}
}
