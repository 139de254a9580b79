/**
Starts the command in a single executable. Its first file is part of this script (packaging/bundle.js); the others are assets.
*/
import process from 'node:process';
import sea from 'node:sea';
import vm from 'node:vm';

type Module = {exports: object};
type Load = (exports: object, require: (name: string) => unknown, module: Module, file: string) => void;

/** The first file, defined by the build. */
declare const loadMain: Load;

/** The names of what `node:tls` exports, defined by the build. */
declare const namesInTls: readonly string[];

/** Node.js's own, which has only its own modules. */
declare const require: (name: string) => unknown;

const loaded = new Map<string, Module>();

requireInside('./main.cjs');

function requireInside(name: string): unknown {
	switch (name) {
		case './import-late.cjs':
			return importLate;
		case 'node:tls':
			return tlsWhenUsed();
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

/** A snapshot cannot hold this module, so it is loaded when something of it is used. */
function tlsWhenUsed(): object {
	const get = (name: string) => (require('node:tls') as Readonly<Record<string, unknown>>)[name];
	return Object.defineProperties({}, Object.fromEntries(namesInTls.map(name => [name, {enumerable: true, get: () => get(name)}])));
}

function load(asset: string): unknown {
	const there = loaded.get(asset);
	if (there !== undefined) {
		return there.exports;
	}

	const run = asset === 'main.cjs' ? loadMain : read(asset);
	const module = {exports: {}};
	loaded.set(asset, module);
	run(module.exports, requireInside, module, process.execPath);
	return module.exports;
}

/** A CommonJS module, in ASCII, within a function. */
function read(asset: string): Load {
	const text = Buffer.from(sea.getRawAsset(asset) as ArrayBuffer).toString('latin1');
	return new vm.Script(text, {filename: `tlsprobe/${asset}`}).runInThisContext() as Load;
}
