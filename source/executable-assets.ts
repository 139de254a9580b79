/** What a single executable has inside, in place of package-files.ts. */
import process from 'node:process';
import sea from 'node:sea';
import {Readable, Writable} from 'node:stream';
import {setTimeout as pause} from 'node:timers/promises';
import v8, {startupSnapshot} from 'node:v8';
import vm from 'node:vm';
import {main} from './commands/main.js';
import {forgetDrawnBytes} from './engine/network.js';
import type {ThreadEntry} from './engine/pool-member.js';
import type {SchemaName} from './schemas/index.js';

/** Node.js's own. */
declare const require: (name: string) => unknown;

/** Defined by the build. */
declare const packageVersion: string;

export const toolVersion = packageVersion;

/**
A thread has no file to start from. An executable that starts from a snapshot has processes in place of threads: Node.js 22 aborts when a thread loads `node:net`
and the snapshot has it ("Assertion failed: shutdown_wrap_template_.IsEmpty()").
*/
export const threadEntry: ThreadEntry = startupSnapshot.isBuildingSnapshot()
	? {
			processScript:
				"require('node:vm').runInThisContext(`(require => {${require('node:sea').getAsset('thread.cjs', 'utf8')}\\n})`)(require)",
		}
	: () => sea.getAsset('thread.cjs', 'utf8');

/** The build keeps what is in memory once all is loaded, if it can run the program, and the executable goes on from there. */
export function start(run: () => void): void {
	const runOrLookUp = (): void => {
		const [, , flag, script] = process.argv;
		if (flag === '-e' && process.channel !== undefined) {
			// `fork` starts this program for a look-up of a name that may be given up (transport/system-lookup.ts), and in place of a thread.
			new vm.Script(`(require => {${script}})`).runInThisContext()(require);
		} else {
			run();
		}
	};
	if (startupSnapshot.isBuildingSnapshot()) {
		startupSnapshot.setDeserializeMainFunction(runOrLookUp);
		void warmUp();
	} else {
		runOrLookUp();
	}
}

/** Run the command once, so that what it needs is compiled in the snapshot. The build names a server to probe. */
async function warmUp(): Promise<void> {
	const target = process.env.TLSPROBE_WARM_UP;
	if (target === undefined) {
		return;
	}

	// What only loading called is not needed again. V8 discards all that it compiled, and compiles what the runs call.
	v8.setFlagsFromString('--stress-flush-code');
	await collectGarbage();
	v8.setFlagsFromString('--no-stress-flush-code');
	const nowhere = (): Writable => new Writable({write: (_chunk, _encoding, done) => done()});
	for (const argv of [['--version'], [target], [target, '--json']]) {
		const code = await main(argv, {
			stdout: nowhere(),
			stderr: nowhere(),
			stdin: Readable.from([]),
			environment: {},
			platform: process.platform,
			signal: new AbortController().signal,
			atExit: () => () => {},
			threadEntry,
			expectMuch() {},
			toolVersion,
			readLicenses,
			readSchema,
		});
		if (code !== 0) {
			throw new Error(`tlsprobe ${argv.join(' ')} ended with ${code} while the snapshot was made`);
		}
	}

	forgetDrawnBytes();
	// A snapshot cannot hold what waits to be finalized.
	await collectGarbage();
}

async function collectGarbage(): Promise<void> {
	for (let round = 0; round < 5; round++) {
		// This looks for nothing, but collects garbage first.
		(v8 as unknown as {queryObjects(type: object): unknown}).queryObjects(class {});
		await pause(20);
	}
}

/** Those of Node.js and of its parts too. */
export const readLicenses = (): string => sea.getAsset('licenses.txt', 'utf8');

export const readSchema = (name: SchemaName): string => sea.getAsset(`schema/${name}.json`, 'utf8');
