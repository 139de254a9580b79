/** All of an input that has an end. */
export async function readAll(input: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of input) {
		chunks.push(chunk);
	}

	return Buffer.concat(chunks);
}
