#!/usr/bin/env node
import {setMaxListeners} from 'node:events';
import process from 'node:process';
import {main, makeErrors, reportError} from './commands/main.js';
import {readLicenses, readSchema, start, threadEntry, toolVersion} from './package-files.js';

/** What ends a run, and its exit code: 128 and the number of the signal, as shells count. */
const signalCodes = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129} as const;

type SignalName = keyof typeof signalCodes;

/** The first signal that came. */
let endedBy: SignalName | undefined;

const cleanups = new Set<() => void>();

/** The first signal ends a run in good order, the next one at once. */
function hearSignals(): AbortSignal {
	const interrupt = new AbortController();
	// Every connection listens to it.
	setMaxListeners(0, interrupt.signal);
	for (const name of Object.keys(signalCodes) as SignalName[]) {
		process.on(name, () => {
			if (interrupt.signal.aborted) {
				exit(signalCodes[name], name);
			}

			endedBy = name;
			interrupt.abort();
		});
	}

	return interrupt.signal;
}

/** What runs on threads of the system, such as a look-up of a name or the opening of a pipe. */
const threadRequests: ReadonlySet<string> = new Set(['GetAddrInfoReqWrap', 'GetNameInfoReqWrap', 'FSReqCallback', 'FSReqPromise']);

/**
End the process now. `process.exit` waits for what runs on threads of the system, which may take as long as a name server is silent; a
signal does not, and shells count both the same.
*/
function exit(code: number, signal: SignalName | undefined): never {
	for (const cleanup of cleanups) {
		cleanup();
	}

	const isHeld = (): boolean => process.getActiveResourcesInfo().some(name => threadRequests.has(name));
	if (signal !== undefined && process.platform !== 'win32' && isHeld()) {
		process.removeAllListeners(signal);
		process.kill(process.pid, signal);
	}

	process.exit(code);
}

/**
V8 of Node.js 20 spends more on inlining than a list of some thousand hosts gets back: some 3% of all CPU (docs/performance.md). Later ones
have another compiler before that one.

A host with many probes keeps its bytes for seconds, so they outlive young collections. V8 lets the heap grow to four times of what is in use before
it collects them. With twice as much, a list needs 150 instead of 190 MB and 8% more CPU.
*/
function expectMuch(isDeep: boolean): void {
	const {setFlagsFromString} = process.getBuiltinModule('node:v8');
	if (Number.parseInt(process.versions.v8, 10) < 12) {
		setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
	}

	if (isDeep) {
		setFlagsFromString('--heap-growing-percent=100');
		// Node.js keeps what it compiled after this, and V8 takes it only with the same flags.
		process.once('exit', () => setFlagsFromString('--heap-growing-percent=0'));
	}
}

start(() => {
	// Lists of processes show this name instead of all arguments.
	process.title = 'tlsprobe';
	process.stdout.on('error', () => {});
	const fail = (error: unknown): never => exit(reportError(error, makeErrors(process)), undefined);
	// Node.js ends with 1, which means something else here.
	process.on('uncaughtException', fail);
	// Node.js ends with 0 where nothing is left to wait for, whatever was still to be done.
	process.once('beforeExit', () => fail(new Error('nothing is left to wait for, but the work is not done')));

	const surroundings = {
		get stdout() {
			return process.stdout;
		},
		get stderr() {
			return process.stderr;
		},
		get stdin() {
			return process.stdin;
		},
		environment: process.env,
		platform: process.platform,
		signal: hearSignals(),
		atExit(cleanup: () => void) {
			cleanups.add(cleanup);
			return () => void cleanups.delete(cleanup);
		},
		threadEntry,
		expectMuch,
		toolVersion,
		readLicenses,
		readSchema,
	};

	// An unanswered look-up, or input that is no longer needed, would keep the process alive.
	void main(process.argv.slice(2), surroundings).then(
		code => exit(code === 130 && endedBy !== undefined ? signalCodes[endedBy] : code, endedBy),
		fail,
	);
});
