/**
Starts the command in a single executable. Its first file is part of this script (packaging/bundle.js); the others are assets.
*/
import {execPath} from 'node:process';
import {getRawAsset} from 'node:sea';
import {startupSnapshot} from 'node:v8';
import {Script} from 'node:vm';

type Module = {exports: object};
type Load = (exports: object, require: (name: string) => unknown, module: Module, file: string) => void;

/** The first file, defined by the build. */
declare let loadMain: Load | undefined;

/** Node.js's own, which has only its own modules. */
declare const require: (name: string) => unknown;

const loaded = new Map<string, Module>();

/** Modules of Node.js that it has loaded by the time that it starts. */
const loadedAtStart: ReadonlySet<string> = new Set([
	'node:events',
	'node:fs',
	'node:path',
	'node:process',
	'node:stream',
	'node:url',
	'node:util',
]);

const builtins = new Map<string, object>();

/**
What runs use while the snapshot is made, of modules that have many parts. A run loads what it needs of them in less time than the snapshot takes to
restore all.
*/
const whileBuilding: Readonly<Record<string, object>> = {
	'node:crypto': {randomFillSync: (bytes: Uint8Array) => bytes},
	'node:perf_hooks': {performance: {now: () => Date.now()}},
};

requireInside('./main.cjs');

function requireInside(name: string): unknown {
	switch (name) {
		case './import-late.cjs':
			return importLate;
		case './builtin.cjs':
			return builtin;
		case 'bullmq':
		case 'ioredis':
			return (requireInside('./queue.cjs') as Readonly<Record<string, unknown>>)[name];
		default:
			return name.startsWith('./') ? load(name.slice(2)) : require(name);
	}
}

/** Modules of the package, and those of Node.js. */
async function importLate(path: string): Promise<unknown> {
	return path.startsWith('./') ? (requireInside('./late.cjs') as Readonly<Record<string, () => unknown>>)[path]!() : requireInside(path);
}

/**
What `import` makes of a module of Node.js. Most are loaded when something of them is used: a module in the snapshot costs time at each start, and the
snapshot cannot hold `node:tls`.
*/
function builtin(name: string): object {
	const there = builtins.get(name);
	if (there !== undefined) {
		return there;
	}

	const imported = loadedAtStart.has(name) ? asImported(require(name) as object, {}) : whenUsed(name);
	builtins.set(name, imported);
	return imported;
}

function asImported(module: object, imported: object): object {
	return Object.defineProperty(Object.setPrototypeOf(imported, module) as object, 'default', {value: module, configurable: true});
}

/** Looks for what it does not have itself in its prototype, which loads the module and becomes it. */
function whenUsed(name: string): object {
	const become = (): object => asImported(require(name) as object, imported);
	const look = (key: string | symbol): unknown =>
		Reflect.get((startupSnapshot.isBuildingSnapshot() ? whileBuilding[name] : undefined) ?? become(), key);
	const imported: object = Object.create(new Proxy({}, {get: (_target, key) => look(key)}), {
		default: {get: () => Reflect.get(become(), 'default') as unknown, configurable: true},
	});
	return imported;
}

function load(asset: string): unknown {
	const there = loaded.get(asset);
	if (there !== undefined) {
		return there.exports;
	}

	const run = (asset === 'main.cjs' ? loadMain : undefined) ?? read(asset);
	// The snapshot would hold what it was compiled to, which runs once.
	loadMain = undefined;
	const module = {exports: {}};
	loaded.set(asset, module);
	run(module.exports, requireInside, module, execPath);
	return module.exports;
}

/** A CommonJS module, in ASCII, within a function. */
function read(asset: string): Load {
	const text = Buffer.from(getRawAsset(asset) as ArrayBuffer).toString('latin1');
	return new Script(text, {filename: `tlsprobe/${asset}`}).runInThisContext() as Load;
}
