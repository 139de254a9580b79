import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';

/** The file that `bin` names, as users run it. */
export const cliPath = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url));

export type CliResult = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

export type CliOptions = {
	readonly input?: string | Uint8Array;
	readonly environment?: Readonly<Record<string, string>>;
	readonly cwd?: string;
};

/** Run the command line as a user does: a process of its own, with pipes for streams and nothing in its environment but what is given. */
export function runCli(argv: readonly string[], {input, environment, cwd}: CliOptions = {}): Promise<CliResult> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [cliPath, ...argv], {
			cwd,
			env: {PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...environment},
		});
		let stdout = '';
		let stderr = '';
		child.stdout.setEncoding('utf8').on('data', chunk => {
			stdout += chunk;
		});
		child.stderr.setEncoding('utf8').on('data', chunk => {
			stderr += chunk;
		});
		child.on('error', reject);
		child.on('close', code => resolve({code, stdout, stderr}));
		child.stdin.on('error', () => {});
		child.stdin.end(input ?? '');
	});
}
