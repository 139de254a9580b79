import {createGunzip, type Gunzip} from 'node:zlib';
import {CutError} from './cut-error.js';
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
	const inflater = openInflater();
	let held: Uint8Array = new Uint8Array();
	try {
		for await (const chunk of withHead(chunks, 2)) {
			isGzip ??= chunk[0] === 0x1f && chunk[1] === 0x8b;
			if (!isGzip) {
				yield chunk;
				continue;
			}

			const bytes = Buffer.concat([held, chunk]);
			const safe = Math.max(0, bytes.length - trailerSize);
			yield* unpack(inflater, bytes.subarray(0, safe));
			held = bytes.subarray(safe);
		}

		if (isGzip) {
			yield* unpack(inflater, held);
			yield* await inflater.end();
			inflater.check();
		}
	} finally {
		inflater.close();
	}
}

async function* unpack(inflater: Inflater, bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < bytes.length; start += sliceSize) {
		yield* await inflater.write(bytes.subarray(start, start + sliceSize));
		inflater.check();
	}
}

type Inflater = {
	write(bytes: Uint8Array): Promise<readonly Uint8Array[]>;
	end(): Promise<readonly Uint8Array[]>;
	/** @throws {CutError} If it has failed. */
	check(): void;
	close(): void;
};

/**
A gunzip stream that is fed by hand.

Read as a stream, it would throw away what it had unpacked as soon as it meets damage.
*/
function openInflater(): Inflater {
	const stream: Gunzip = createGunzip();
	let unpacked: Uint8Array[] = [];
	let isClosed = false;
	let failure: NodeJS.ErrnoException | undefined;
	let wake = (): void => {};
	stream.on('data', (bytes: Uint8Array) => unpacked.push(bytes));
	stream.on('error', error => {
		failure = error;
	});
	stream.on('close', () => {
		isClosed = true;
		wake();
	});

	const step = async (start: (done: () => void) => void): Promise<readonly Uint8Array[]> => {
		if (!isClosed) {
			await new Promise<void>(resolve => {
				wake = resolve;
				start(resolve);
			});
		}

		const result = unpacked;
		unpacked = [];
		return result;
	};

	return {
		write: bytes => step(done => stream.write(bytes, () => done())),
		end: () => step(() => stream.end()),
		check() {
			if (failure !== undefined) {
				throw new CutError(failure.code === 'Z_BUF_ERROR' ? 'the gzip data ends too soon' : 'the gzip data is damaged');
			}
		},
		close: () => stream.destroy(),
	};
}
