/** One element of DER: tag, length and contents. X.690 §8.1. */
export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
	const contents = Buffer.concat(parts);
	return Buffer.concat([Uint8Array.of(tag), lengthOf(contents.length), contents]);
}

function lengthOf(size: number): Uint8Array {
	if (size < 0x80) {
		return Uint8Array.of(size);
	}

	const bytes: number[] = [];
	for (let left = size; left > 0; left = Math.floor(left / 256)) {
		bytes.unshift(left % 256);
	}

	return Uint8Array.of(0x80 + bytes.length, ...bytes);
}
