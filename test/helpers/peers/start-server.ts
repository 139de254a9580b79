import {type ChildProcess, spawn} from 'node:child_process';
import {once, setMaxListeners} from 'node:events';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {findProgram} from './find-program.js';
import {findFreePorts, untilListening} from './ports.js';

/** What to run, once its ports and its folder are known. */
export type ServerCommand = {
	readonly program: string;
	readonly argv: readonly string[];
	/** By their path in the folder. */
	readonly files?: Readonly<Record<string, string | Uint8Array>>;
	readonly environment?: Readonly<Record<string, string>>;
};

export type ServerPlan = {
	/** How many ports it listens on. */
	readonly ports: number;
	readonly command: (ports: readonly number[], folder: string) => ServerCommand | Promise<ServerCommand>;
};

export type RunningServer = {
	readonly ports: readonly number[];
	readonly folder: string;
	/** What it has written to its two streams. */
	log(): string;
	stop(): Promise<void>;
};

/** Programs that are compiled first take their time on a busy machine. */
const patienceMs = 60_000;

/** How often other ports are tried. */
const mostStarts = 3;

/**
The shell starts the server as a job and waits for its own input to end: that happens when we stop it, and as well when we crash or
are killed. Then it takes its whole process group along; so it does when the server ends. The server writes to a real pipe, because
some open `/dev/stderr` once more, which the sockets that Node.js makes for streams do not allow.
*/
const keeper = '{ { "$@" </dev/null 2>&1; echo "ended with $?"; } | cat; kill -s KILL 0; } & cat >/dev/null; kill -s KILL 0';

/** Start a server with a temporary folder of its own, and wait until all of its ports take connections. */
export async function startServer(plan: ServerPlan): Promise<RunningServer> {
	for (let start = 1; ; start++) {
		try {
			return await startOnce(plan);
		} catch (error) {
			if (start >= mostStarts) {
				throw error;
			}
		}
	}
}

async function startOnce({ports: count, command}: ServerPlan): Promise<RunningServer> {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-peer-'));
	const ports = await findFreePorts(count);
	const {program, argv, files = {}, environment = {}} = await command(ports, folder);
	for (const [name, text] of Object.entries(files)) {
		await mkdir(path.dirname(path.join(folder, name)), {recursive: true});
		await writeFile(path.join(folder, name), text);
	}

	const child = spawn('/bin/sh', ['-c', keeper, 'sh', findProgram(program) ?? program, ...argv], {
		cwd: folder,
		env: {PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8', OPENSSL_CONF: '/dev/null', ...environment},
		detached: true,
	});
	let log = '';
	const keep = (chunk: Buffer): void => {
		log = `${log}${chunk}`.slice(-20_000);
	};

	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	child.stdin.on('error', () => {});
	const ended = once(child, 'close');
	const stop = async (): Promise<void> => {
		killGroup(child);
		await ended;
		await rm(folder, {recursive: true, force: true, maxRetries: 5});
	};

	const giveUp = AbortSignal.any([AbortSignal.timeout(patienceMs), abortedBy(ended)]);
	// Every port waits for it.
	setMaxListeners(0, giveUp);
	try {
		await Promise.all(ports.map(port => untilListening(port, giveUp)));
	} catch (error) {
		await stop();
		throw new Error(`${program} ${argv.join(' ')} does not listen: ${log}`, {cause: error});
	}

	return {ports, folder, log: () => log, stop};
}

function abortedBy(ended: Promise<unknown>): AbortSignal {
	const controller = new AbortController();
	ended.finally(() => controller.abort(new Error('the server ended'))).catch(() => {});
	return controller.signal;
}

function killGroup({pid, exitCode, signalCode}: ChildProcess): void {
	if (pid === undefined || exitCode !== null || signalCode !== null) {
		return;
	}

	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// It has ended by itself meanwhile.
	}
}
