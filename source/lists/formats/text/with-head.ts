/**
The same bytes, but the first chunk has at least `size` bytes where there are as many: for telling by them what follows.

Every chunk has a byte at least.
*/
export async function* withHead(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
	let head: Uint8Array | undefined = new Uint8Array();
	for await (const chunk of chunks) {
		if (head === undefined) {
			if (chunk.length > 0) {
				yield chunk;
			}

			continue;
		}

		head = Buffer.concat([head, chunk]);
		if (head.length >= size) {
			yield head;
			head = undefined;
		}
	}

	if (head !== undefined && head.length > 0) {
		yield head;
	}
}
