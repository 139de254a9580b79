#!/usr/bin/env node
import {setMaxListeners} from 'node:events';
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {safeLines} from './bytes/safe-text.js';
import {
	type CheckOptions,
	type Context,
	type ExitCode,
	hasColor,
	inputErrorText,
	isCalled,
	isInputError,
	unlessQuiet,
} from './commands/command.js';
import {runArguments} from './commands/run-arguments.js';
import type {TerminalFeatures} from './formats/paint.js';
import {OutputError} from './outputs/output-error.js';
import {redactLogins} from './transport/proxy/redact-logins.js';

const packageJson = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {version: string};

/** What ends a run, and its exit code: 128 and the number of the signal, as shells count. */
const signalCodes = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129} as const;

type SignalName = keyof typeof signalCodes;

/** The first signal that came. */
let endedBy: SignalName | undefined;

const cleanups = new Set<() => void>();

let hasErrorOutput = false;

/** Node.js sets its streams up when they are first touched. What cannot be written there cannot be reported either. */
function errorOutput(): NodeJS.WriteStream {
	if (!hasErrorOutput) {
		hasErrorOutput = true;
		process.stderr.on('error', () => {});
	}

	return process.stderr;
}

function makeContext(manner: CheckOptions): Context {
	const signal = hearSignals();
	return {
		write,
		warn: unlessQuiet(manner, complain),
		warnPainted: unlessQuiet(manner, text => void errorOutput().write(text)),
		get errors() {
			const stream = errorOutput();
			return {isTerminal: !manner.quiet && stream.isTTY, stream};
		},
		get stdin() {
			return process.stdin;
		},
		get isInputTerminal() {
			return process.stdin.isTTY;
		},
		look: lookOf(manner),
		environment: process.env,
		signal,
		atExit(cleanup) {
			cleanups.add(cleanup);
			return () => void cleanups.delete(cleanup);
		},
		threadEntry: new URL('./worker.js', import.meta.url),
		expectMuch: limitInlining,
		toolVersion: packageJson.version,
	};
}

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
*/
function limitInlining(): void {
	if (Number.parseInt(process.versions.v8, 10) < 12) {
		process.getBuiltinModule('node:v8').setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
	}
}

function lookOf(manner: CheckOptions): TerminalFeatures {
	const {env, stdout, platform} = process;
	const isWanted = forcedColor(env.FORCE_COLOR) ?? (stdout.isTTY && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb');
	const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
	return {
		hasColor: hasColor(manner, isWanted),
		hasUnicode: /utf-?8/i.test(locale) || (platform === 'win32' && (env.WT_SESSION ?? env.TERM_PROGRAM) !== undefined),
		columns: stdout.columns || Number(env.COLUMNS) || 80,
		isTerminal: stdout.isTTY ?? false,
	};
}

/** As Node.js and chalk have it. What is neither a level nor a truth value says nothing. */
function forcedColor(value: string | undefined): boolean | undefined {
	switch (value) {
		case '0':
		case 'false':
			return false;
		case '':
		case '1':
		case '2':
		case '3':
		case 'true':
			return true;
		default:
			return undefined;
	}
}

/** Waits for a slow reader. A reader that has gone ends the program quietly, as it does every other filter. */
function write(text: string): Promise<void> {
	return new Promise((resolve, reject) => {
		process.stdout.write(text, error => {
			if (error) {
				reject(new OutputError(`cannot write the result: ${error.message}`, {cause: error}));
			} else {
				resolve();
			}
		});
	});
}

const isClosedPipe = (error: unknown): boolean =>
	isCalled('OutputError', error) && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EPIPE';

async function run(): Promise<void> {
	process.stdout.on('error', () => {});
	// Node.js ends with 1, which means something else here.
	process.on('uncaughtException', error => exit(report(error), undefined));
	// Node.js ends with 0 where nothing is left to wait for, whatever was still to be done.
	process.once('beforeExit', () => exit(report(new Error('nothing is left to wait for, but the work is not done')), undefined));
	let code: ExitCode;
	try {
		code = await runArguments(process.argv.slice(2), makeContext);
	} catch (error) {
		code = report(error);
	}

	if (hasErrorOutput) {
		await new Promise<void>(resolve => process.stderr.write('', () => resolve()));
	}

	// An unanswered look-up, or input that is no longer needed, would keep the process alive.
	exit(code === 130 && endedBy !== undefined ? signalCodes[endedBy] : code, endedBy);
}

/** All text for standard error but what formats have drawn. It may hold the words of servers and files, and what the user typed. */
const complain = (text: string): void => void errorOutput().write(safeLines(redactLogins(text)));

function report(error: unknown): ExitCode {
	if (isInputError(error)) {
		complain(`tlsprobe: ${inputErrorText(error)}\n`);
		return 2;
	}

	if (isCalled('InterruptedError', error)) {
		return 130;
	}

	if (isClosedPipe(error)) {
		return 0;
	}

	if (isCalled('OutputError', error)) {
		complain(`tlsprobe: ${error.message}\n`);
		return 74;
	}

	complain(`tlsprobe: this is a bug, please report it\n${error instanceof Error ? error.stack : String(error)}\n`);
	return 70;
}

void run();
