import {spawnSync} from 'node:child_process';

/** What a program of this machine says of an input. */
export type Said = {readonly code: number | null; readonly text: string};

/**
Run a program of this machine.

@throws {Error} Where it is not installed: `testWith` declares tests that need it.
*/
export function runProgram(program: string, argv: readonly string[], input: string): Said {
	const {error, status, stdout, stderr} = spawnSync(program, argv, {input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024});
	if (error !== undefined) {
		throw error;
	}

	return {code: status, text: stdout + stderr};
}
