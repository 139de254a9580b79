/**
Starts the command by what an earlier run has compiled: compiling takes about a third of the time that a run needs to start.

What is compiled lies in `cache/`, beside the file that it was compiled from. So only a user who may change the program may change what it is
compiled to. Where that folder cannot be written, every run compiles: other users may have made the folder that Node.js uses by default.
*/
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import nodeModule, {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import v8 from 'node:v8';
import vm from 'node:vm';

/** Since Node.js 22.1. */
type CompileCache = {
	readonly enableCompileCache?: (folder: string) => unknown;
};

/** A digest of the file, defined by the build. V8 does not notice that code was compiled from another file of the same length. */
declare const programDigest: string;

/** Of the SHA-256 before the code. V8 does not check code: one changed bit may change the program. */
const digestLength = 32;

const here = path.dirname(fileURLToPath(import.meta.url));
const file = path.join(here, 'main.cjs');
const folder = path.join(here, 'cache');
const require = createRequire(file);
const {enableCompileCache} = nodeModule as CompileCache;

if (enableCompileCache === undefined) {
	start();
} else {
	enableCompileCache(folder);
	require(file);
}

/** Run the file as `require` does, with the code that was compiled. */
function start(): void {
	const source = readFileSync(file, 'utf8').replace(/^#!.*/, '');
	const cacheFile = path.join(folder, `${programDigest}-${process.version}-${process.platform}-${process.arch}`);
	const cachedData = readCompiled(cacheFile);
	const script = new vm.Script(nodeModule.wrap(source), {
		filename: file,
		...(cachedData === undefined ? {} : {cachedData}),
	});
	// A run that only prints a text compiles little of what others need.
	if (
		(cachedData === undefined || script.cachedDataRejected === true) &&
		!process.argv.some(word => /^(?:--help|--version|-h|-V)$/.test(word))
	) {
		// Otherwise V8 drops what a long run has used only at its start, which is what other runs need.
		v8.setFlagsFromString('--no-flush-bytecode');
		process.once('exit', () => keepCompiled(cacheFile, script));
	}

	const module = new nodeModule(file);
	module.filename = file;
	require.cache[file] = module;
	script.runInThisContext().call(module.exports, module.exports, require, module, file, here);
	module.loaded = true;
}

/** @returns Undefined where there is nothing, or something that was damaged. */
function readCompiled(cacheFile: string): Buffer | undefined {
	try {
		const content = readFileSync(cacheFile);
		const compiled = content.subarray(digestLength);
		return digestOf(compiled).equals(content.subarray(0, digestLength)) ? compiled : undefined;
	} catch {
		return undefined;
	}
}

/** V8's own values of the flags that are changed here and by lists (`source/cli.ts`). It only takes what was compiled with the same flags. */
const usualFlags = ['--max-inlined-bytecode-size-cumulative=920', '--heap-growing-percent=0', '--flush-bytecode'];

/** Another run may read the file at the same time. So it gets its name when it is complete. */
function keepCompiled(cacheFile: string, script: vm.Script): void {
	try {
		for (const flag of usualFlags) {
			v8.setFlagsFromString(flag);
		}

		const compiled = script.createCachedData();
		const unfinished = `${cacheFile}.${process.pid}`;
		mkdirSync(folder, {recursive: true, mode: 0o755});
		writeFileSync(unfinished, Buffer.concat([digestOf(compiled), compiled]));
		renameSync(unfinished, cacheFile);
	} catch {
		// The next run compiles again.
	}
}

function digestOf(data: Buffer): Buffer {
	return createHash('sha256').update(data).digest();
}
