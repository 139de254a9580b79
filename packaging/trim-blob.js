/** Leaves out of a single executable what Node.js puts into each snapshot, and copies at each start, but the command does not need. */
import {run} from './run.js';

/**
The modules of Node.js that are loaded by those that some scripts name, and these.

@param {string} node - The program of Node.js.
@param {readonly string[]} texts - The scripts.
@returns {Promise<ReadonlySet<string>>} Such as `internal/url`.
*/
export async function modulesOf(node, texts) {
	const named = texts.flatMap(text => [...text.matchAll(/["']node:([\w/]+)["']/g)].map(([, name]) => name));
	const script = `for (const name of ${JSON.stringify([...new Set(named)])}) if (require('node:module').isBuiltin('node:' + name)) require('node:' + name);
		console.log(process.moduleLoadList.join('\\n'))`;
	const said = await run(node, ['-e', script]);
	return new Set([...said.matchAll(/^NativeModule (\S+)$/gm)].map(([, name]) => name));
}

/**
Node.js adds what it compiled of all its modules, 3 MB. What remains is of modules that the command loads and that are not in the snapshot. Others are compiled
if they are loaded after all.

The format is that of the version in targets.js (`src/node_sea.cc` and `src/node_snapshotable.cc` of Node.js): integers are little-endian, and counts and
lengths have 8 bytes.

@param {Buffer} blob - With a snapshot.
@param {ReadonlySet<string>} wanted - Names of modules.
@returns {Buffer}
@throws {Error} If the blob is not of that format.
*/
export function trimBlob(blob, wanted) {
	let at = 0;
	const skip = bytes => {
		at += bytes;
	};
	const count = () => {
		skip(8);
		return Number(blob.readBigUInt64LE(at - 8));
	};
	const text = () => {
		const length = count();
		skip(length);
		return blob.toString('latin1', at - length, at);
	};
	const list = read => Array.from({length: count()}, read);
	const indices = () => skip(8 * count());
	const property = () => {
		text();
		skip(4 + 8);
	};

	// Magic number, flags, and one byte for flags of the command line; the path of the script.
	skip(4 + 4 + 1);
	text();
	const lengthAt = at;
	const end = count() + at;
	// Magic number and type; version, architecture and platform of Node.js; flags.
	skip(4 + 1);
	text();
	text();
	text();
	skip(4);
	// The heap of V8.
	skip(4 + blob.readInt32LE(at));
	// Of the isolate: values and templates.
	indices();
	list(property);
	// Of the environment: hooks, counters and flags; names of modules that are loaded, values, objects, the context.
	skip(4 * 8);
	indices();
	skip(9 * 8);
	const loaded = new Set(list(text));
	list(property);
	list(property);
	skip(8);
	const compiledAt = at;
	const compiled = list(() => {
		const from = at;
		const name = text();
		skip(count());
		return {name, bytes: blob.subarray(from, at)};
	});
	if (at !== end || !loaded.has('internal/url') || compiled.length < loaded.size) {
		throw new Error('what Node.js wrote into the snapshot has another format than expected');
	}

	const kept = compiled.filter(({name}) => wanted.has(name) && !loaded.has(name)).map(({bytes}) => bytes);
	const snapshot = Buffer.concat([blob.subarray(lengthAt + 8, compiledAt), field(kept.length), ...kept]);
	return Buffer.concat([blob.subarray(0, lengthAt), field(snapshot.length), snapshot, blob.subarray(end)]);
}

function field(value) {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64LE(BigInt(value));
	return bytes;
}
