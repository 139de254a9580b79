/**
The text of a file of any of the encodings that Windows writes.

UTF-16 with or without a byte order mark, UTF-8 with or without one, and failing that Windows-1252: the names that matter are ASCII in
every code page, so that the wrong one spoils no more than a value's text.
*/
export function decodeText(bytes: Uint8Array): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) {
		return new TextDecoder('utf-16le').decode(bytes);
	}

	if (bytes[0] === 0xfe && bytes[1] === 0xff) {
		return new TextDecoder('utf-16be').decode(bytes);
	}

	if (hasZeros(bytes, 1)) {
		return new TextDecoder('utf-16le').decode(bytes);
	}

	if (hasZeros(bytes, 0)) {
		return new TextDecoder('utf-16be').decode(bytes);
	}

	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

/** ASCII in UTF-16 has a zero in every second place, from `first` on, and none in the others. */
function hasZeros(bytes: Uint8Array, first: 0 | 1): boolean {
	const sample = bytes.subarray(0, 64);
	const zerosFrom = (start: number): number => sample.filter((byte, index) => byte === 0 && index % 2 === start).length;
	return sample.length >= 4 && zerosFrom(first) > sample.length / 4 && zerosFrom(1 - first) === 0;
}
