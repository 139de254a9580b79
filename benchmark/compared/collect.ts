import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {findProgram} from '../../test/helpers/peers/find-program.js';
import {startServer} from '../../test/helpers/peers/start-server.js';
import {type Server, servers} from './servers.js';
import {type Tool, type ToolName, tools} from './tools.js';

/** What each installed tool printed of each server that could be started: by `server tool`. */
export type Outputs = ReadonlyMap<string, string>;

/** A tool that has not ended by then is ended, with every process that it has started. */
const patienceMs = 45 * 60_000;

export const keyOf = (server: Server['name'], tool: ToolName): string => `${server} ${tool}`;

export type Extent = {
	/** Holds what the tools print. */
	readonly folder: string;
	readonly isServer: (name: Server['name']) => boolean;
	readonly isTool: (name: ToolName) => boolean;
	readonly print: (line: string) => void;
};

/** Run the meant tools on the meant servers. What a file of the folder already holds is not run again, and is read in any case. */
export async function collect({folder, isServer, isTool, print}: Extent): Promise<Outputs> {
	mkdirSync(folder, {recursive: true});
	const outputs = new Map<string, string>();
	const installed = tools.filter(tool => tool.version() !== undefined);
	for (const server of servers) {
		const missing = installed.filter(tool => isServer(server.name) && isTool(tool.name) && !existsSync(fileOf(folder, server, tool)));
		const isThere = findProgram(server.program) !== undefined;
		if (missing.length > 0 && !isThere) {
			print(`${server.name} is skipped: ${server.program} is not installed`);
		} else if (missing.length > 0) {
			const running = await startServer(server.plan);
			try {
				for (const tool of missing) {
					print(`${tool.name} asks ${server.name}`);
					const texts: string[] = [];
					for (const argv of tool.runs(running.ports[0]!)) {
						texts.push(await run(tool.program, argv));
					}

					writeFileSync(fileOf(folder, server, tool), texts.join('\n'));
				}
			} finally {
				await running.stop();
			}
		}

		for (const tool of tools.filter(item => existsSync(fileOf(folder, server, item)))) {
			outputs.set(keyOf(server.name, tool.name), readFileSync(fileOf(folder, server, tool), 'utf8'));
		}
	}

	return outputs;
}

const fileOf = (folder: string, server: Server, tool: Tool): string => join(folder, `${server.name}-${tool.name}.txt`);

/** A tool has a process group of its own, which ends with this program and after `patienceMs`. */
function run(program: string, argv: readonly string[]): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, argv, {
			stdio: ['ignore', 'pipe', 'pipe'],
			detached: true,
			env: {...process.env, TERM: 'dumb', COLUMNS: '200'},
		});
		const end = (): void => {
			try {
				process.kill(-child.pid!, 'SIGKILL');
			} catch {
				// It has ended.
			}
		};
		const timer = setTimeout(end, patienceMs);
		process.once('exit', end);
		const chunks: Buffer[] = [];
		child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.stderr.resume();
		child.on('error', reject);
		child.on('close', () => {
			clearTimeout(timer);
			end();
			process.off('exit', end);
			resolve(Buffer.concat(chunks).toString('utf8'));
		});
	});
}
