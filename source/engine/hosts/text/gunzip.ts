import {createGunzip, type Gunzip} from 'node:zlib';
import {CutError} from './cut-error.js';
import {withHead} from './with-head.js';

/** How much is unpacked at once, in bytes. It may become a thousand times as much, which has to fit into memory. */
const sliceSize = 2048;

/**
The bytes as they are, or unpacked where they start as gzip does. RFC 1952 §2.3.1.

@throws {CutError} After everything that could be unpacked, where the rest is missing or damaged.
*/
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	let inflater: Inflater | undefined;
	let isFirst = true;
	try {
		for await (const chunk of withHead(chunks, 2)) {
			if (isFirst && chunk[0] === 0x1f && chunk[1] === 0x8b) {
				inflater = openInflater();
			}

			isFirst = false;
			if (inflater === undefined) {
				yield chunk;
				continue;
			}

			for (let start = 0; start < chunk.length; start += sliceSize) {
				yield* await inflater.write(chunk.subarray(start, start + sliceSize));
				inflater.check();
			}
		}

		if (inflater !== undefined) {
			yield* await inflater.end();
			inflater.check();
		}
	} finally {
		inflater?.close();
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
	let fed = 0;
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
		write(bytes) {
			fed += bytes.length;
			return step(done => stream.write(bytes, () => done()));
		},
		end: () => step(() => stream.end()),
		check() {
			if (failure !== undefined) {
				throw new CutError(failure.code === 'Z_BUF_ERROR' ? 'the gzip data ends too soon' : 'the gzip data is damaged');
			}

			if (isClosed && stream.bytesWritten < fed) {
				throw new CutError('what follows the gzip data is not gzip');
			}
		},
		close: () => stream.destroy(),
	};
}
