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

	if (looksLikeUtf16(bytes)) {
		return new TextDecoder('utf-16le').decode(bytes);
	}

	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

/** ASCII in UTF-16LE has a zero in every second place. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
	const sample = bytes.subarray(0, 64);
	let zeros = 0;
	for (let index = 1; index < sample.length; index += 2) {
		zeros += sample[index] === 0 ? 1 : 0;
	}

	return sample.length >= 4 && zeros > sample.length / 4 && sample[0] !== 0;
}
