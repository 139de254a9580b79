import {withHead} from './with-head.js';

/** How many bytes become one piece of text: what is read of it is held at once. */
const pieceSize = 65_536;

/**
The bytes as text, in pieces of at most 64 KiB, without a byte order mark.

UTF-8, unless the first bytes say UTF-16, as PowerShell writes it: by a mark, or by a zero byte beside the first character. What
is neither becomes U+FFFD.
*/
export async function* decode(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
	let decoder: InstanceType<typeof TextDecoder> | undefined;
	for await (const chunk of withHead(chunks, 2)) {
		decoder ??= new TextDecoder(encodingOf(chunk[0]!, chunk[1]));
		for (let start = 0; start < chunk.length; start += pieceSize) {
			const text = decoder.decode(chunk.subarray(start, start + pieceSize), {stream: true});
			if (text !== '') {
				yield text;
			}
		}
	}

	const rest = decoder?.decode() ?? '';
	if (rest !== '') {
		yield rest;
	}
}

function encodingOf(first: number, second: number | undefined): string {
	if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) {
		return 'utf-16le';
	}

	return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined) ? 'utf-16be' : 'utf-8';
}
