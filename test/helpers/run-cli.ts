import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import pLimit from 'p-limit';
import {checkJsonLines} from './validate.js';

/** The file that `bin` names, as users run it. */
export const cliPath = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url));

export type CliResult = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

export type CliOptions = {
	readonly input?: string | Uint8Array;
	readonly environment?: Readonly<Record<string, string>>;
	readonly cwd?: string;
};

/** Commands whose `--json` is something else than results. */
const ownJson: ReadonlySet<string> = new Set(['windows', 'clients', 'listen', 'catalog', 'diff', 'queue']);

/** AVA starts all tests of a file at once; so many processes would only wait for each other, and run into timeouts. */
const limit = pLimit(4);

/**
Run the command line as a user does: a process of its own, with pipes for streams and nothing in its environment but what is given.

@throws {Error} If it prints results with `--json` that are not as the published schema has them.
*/
export const runCli = (argv: readonly string[], options: CliOptions = {}): Promise<CliResult> => limit(() => run(argv, options));

/** @throws {Error} If results of `--json` are not as the published schema has them. */
export function checkResults(argv: readonly string[], code: number | null, stdout: string): void {
	if (
		argv.includes('--json') &&
		!argv.includes('--help') &&
		!argv.includes('--serve') &&
		!ownJson.has(argv[0]!) &&
		[0, 1, 3].includes(code!)
	) {
		checkJsonLines(stdout);
	}
}

function run(argv: readonly string[], {input, environment, cwd}: CliOptions): Promise<CliResult> {
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
		child.on('close', code => {
			try {
				checkResults(argv, code, stdout);
				resolve({code, stdout, stderr});
			} catch (error) {
				reject(error);
			}
		});
		child.stdin.on('error', () => {});
		child.stdin.end(input ?? '');
	});
}
