import {spawnSync} from 'node:child_process';

/** What a program of this machine says of an input. */
export type Said = {readonly code: number | null; readonly text: string};

/**
Run a program of this machine.

@returns Undefined where it is not installed.
@throws {Error} Where it is not installed although CI is set: there a test that does not run would look passed.
*/
export function runProgram(program: string, argv: readonly string[], input: string): Said | undefined {
	const {error, status, stdout, stderr} = spawnSync(program, argv, {input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024});
	if (error !== undefined) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !process.env.CI) {
			return undefined;
		}

		throw error;
	}

	return {code: status, text: stdout + stderr};
}
