import {safeText} from './safe-text.js';

/** Bytes as lower-case hexadecimal digits, two per byte, without separators. */
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

/** A number as hexadecimal with `size` bytes of digits: `0x002f`. */
export const hexNumber = (value: number, size: number): string => `0x${value.toString(16).padStart(size * 2, '0')}`;

/** @throws {TypeError} If `text` is not pairs of hexadecimal digits; white space is ignored. */
export function fromHex(text: string): Uint8Array {
	const digits = text.replaceAll(/\s+/g, '');
	if (digits.length % 2 === 1 || /[^\da-f]/i.test(digits)) {
		throw new TypeError('not pairs of hexadecimal digits');
	}

	return Uint8Array.from(Buffer.from(digits, 'hex'));
}

/**
Bytes as a classic dump: offset, sixteen bytes per line, and the printable characters. `##` is drawn as `#.`: log readers take `##[error]` for a command.

@param firstOffset - The offset of the first byte.
@returns One line per 16 bytes, each ended by a line feed; empty for no bytes.
*/
export function hexDump(bytes: Uint8Array, firstOffset = 0): string {
	let text = '';
	for (let offset = 0; offset < bytes.length; offset += 16) {
		const line = bytes.subarray(offset, offset + 16);
		const digits = Array.from(line, byte => byte.toString(16).padStart(2, '0')).join(' ');
		const printable = Array.from(line, byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
			.join('')
			.replaceAll('##', '#.');
		text += `${(firstOffset + offset).toString(16).padStart(8, '0')}  ${digits.padEnd(47)}  |${printable}|\n`;
	}

	return text;
}

/** @throws {TypeError} If a line is not one of `hexDump`'s. */
export function fromHexDump(lines: readonly string[]): Uint8Array {
	const digits = lines.map(line => {
		const match = /^[\da-f]{8} {2}((?:[\da-f]{2} )*[\da-f]{2})\s*(?:\|.*)?$/i.exec(line);
		if (match === null) {
			throw new TypeError(`not a line of a hex dump: ${line.slice(0, 60)}`);
		}

		return match[1]!;
	});
	return fromHex(digits.join(''));
}

/** Bytes for a person to read: printable ASCII unchanged, everything else as an escape. */
export const printable = (bytes: Uint8Array): string =>
	Array.from(bytes, byte => {
		switch (byte) {
			case 0x0a:
				return '\\n';
			case 0x0d:
				return '\\r';
			case 0x5c:
				return '\\\\';
			default:
				return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
		}
	}).join('');

/** Untrusted text as printable ASCII. */
export const visible = (text: string): string => safeText(text, {hasUnicode: false});
