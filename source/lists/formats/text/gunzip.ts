import {CutError} from './cut-error.js';
import type {Inflater} from './inflater.js';
import {withHead} from './with-head.js';

/**
How much is unpacked at once, in bytes. It may become a thousand times as much, which has to fit into memory. What the slice held
that turns out to be damaged is lost: zlib does not give it away.
*/
const sliceSize = 512;
/** The checksum and the length at the end, in bytes. They are unpacked by themselves, so that a wrong one costs nothing before it. */
const trailerSize = 8;

/**
The bytes as they are, or unpacked where they start as gzip does. RFC 1952 §2.3.1.

@throws {CutError} After what could be unpacked, where the rest is missing or damaged.
*/
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	let isGzip: boolean | undefined;
	let inflater: Inflater | undefined;
	let held: Uint8Array = new Uint8Array();
	try {
		for await (const chunk of withHead(chunks, 2)) {
			isGzip ??= chunk[0] === 0x1f && chunk[1] === 0x8b;
			if (!isGzip) {
				yield chunk;
				continue;
			}

			inflater ??= (await import('./inflater.js')).openInflater();
			const bytes = Buffer.concat([held, chunk]);
			const safe = Math.max(0, bytes.length - trailerSize);
			yield* unpack(inflater, bytes.subarray(0, safe));
			held = bytes.subarray(safe);
		}

		if (inflater !== undefined) {
			yield* unpack(inflater, held);
			yield* await inflater.end();
			check(inflater);
		}
	} finally {
		inflater?.close();
	}
}

async function* unpack(inflater: Inflater, bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < bytes.length; start += sliceSize) {
		yield* await inflater.write(bytes.subarray(start, start + sliceSize));
		check(inflater);
	}
}

function check(inflater: Inflater): void {
	const problem = inflater.problem();
	if (problem !== undefined) {
		throw new CutError(problem);
	}
}
