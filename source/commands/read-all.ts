import {type Context, InterruptedError} from './command.js';

/**
All of standard input.

@param mostBytes - No more is read once there is more than this: the caller sees by the length that it is too much.
@throws {InterruptedError} When the user interrupts before it ends.
*/
export async function readAll({stdin, signal}: Pick<Context, 'stdin' | 'signal'>, mostBytes = Number.POSITIVE_INFINITY): Promise<Buffer> {
	let onAbort = (): void => {};
	const interrupted = new Promise<never>((_resolve, reject) => {
		onAbort = () => reject(new InterruptedError());
		signal.addEventListener('abort', onAbort);
	});
	if (signal.aborted) {
		onAbort();
	}

	try {
		return await Promise.race([collectBytes(stdin, mostBytes), interrupted]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}

async function collectBytes(input: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of input) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > mostBytes) {
			break;
		}
	}

	return Buffer.concat(chunks);
}
