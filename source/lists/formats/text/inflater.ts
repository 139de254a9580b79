import {createGunzip} from 'node:zlib';

export type Inflater = {
	write(bytes: Uint8Array): Promise<readonly Uint8Array[]>;
	end(): Promise<readonly Uint8Array[]>;
	/** What is wrong, where it has failed. Not thrown from here: what is loaded late is bundled apart, with other copies of classes. */
	problem(): string | undefined;
	close(): void;
};

/**
A gunzip stream that is fed by hand.

Read as a stream, it would throw away what it had unpacked as soon as it meets damage.
*/
export function openInflater(): Inflater {
	const stream = createGunzip();
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
		problem: () => failure && (failure.code === 'Z_BUF_ERROR' ? 'the gzip data is truncated' : 'the gzip data is damaged'),
		close: () => stream.destroy(),
	};
}
