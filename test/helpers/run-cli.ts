import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import pLimit from 'p-limit';
import type {SchemaName} from '../../source/schemas/index.js';
import {checkLinesBy} from './validate.js';

/** The file that `bin` names, as users run it. */
export const cliPath = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url));

export type CliResult = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

export type CliOptions = {
	readonly input?: string | Uint8Array;
	readonly environment?: Readonly<Record<string, string>>;
	readonly cwd?: string;
};

/** AVA starts all tests of a file at once; so many processes would only wait for each other, and run into timeouts. */
const limit = pLimit(4);

/**
Run the command line as a user does: a process of its own, with pipes for streams and nothing in its environment but what is given.

@throws {Error} If what it prints with `--json` is not as the published schema has it.
*/
export const runCli = (argv: readonly string[], options: CliOptions = {}): Promise<CliResult> => limit(() => run(argv, options));

/** @throws {Error} If what is printed with `--json` is not as the published schema has it. */
export function checkResults(argv: readonly string[], code: number | null, stdout: string): void {
	const schema = schemaOf(argv);
	if (schema !== undefined && [0, 1, 3].includes(code!)) {
		checkLinesBy(schema, stdout);
	}
}

/** The schema of what a command prints; undefined if that is no JSON. */
function schemaOf(argv: readonly string[]): SchemaName | undefined {
	if (!argv.includes('--json') || argv.includes('--help')) {
		return undefined;
	}

	const has = (option: string): boolean => argv.some(word => word === option || word.startsWith(`${option}=`));
	const [command] = argv;
	switch (command) {
		case 'clients':
			return has('--list') ? 'clients-list' : command;
		case 'catalog':
			return has('--due') ? 'catalog-due' : command;
		case 'lab':
			return has('--serve') ? 'lab-serve' : 'result';
		case 'queue':
			return ['--cancel', '--retry', '--remove'].some(has) ? undefined : command;
		case 'windows':
		case 'listen':
		case 'diff':
			return command;
		default:
			return 'result';
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
