/**
All of an input that has an end.

@param mostBytes - No more is read once there is more than this: whoever asks tells by the length that it is too much.
*/
export async function readAll(input: AsyncIterable<Uint8Array>, mostBytes = Number.POSITIVE_INFINITY): Promise<Buffer> {
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
