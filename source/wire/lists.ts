import {hexNumber} from '../bytes/hex.js';
import type {Codec} from './codec.js';

/** A vector of two-byte codes after a length of `size` bytes: the body of half of all extensions. */
export const uint16List = (label: string, size: 1 | 2, describe = (code: number) => hexNumber(code, 2)): Codec<readonly number[]> => ({
	name: label,
	decode: reader => reader.prefixed(size, label, list => list.list(label, item => item.uint16(label, describe))),
	encode(writer, codes) {
		writer.prefixed(size, list => {
			for (const code of codes) {
				list.uint16(code);
			}
		});
	},
});

/** A vector of one-byte codes after a length of one byte. */
export const uint8List = (label: string, describe = (code: number) => hexNumber(code, 1)): Codec<readonly number[]> => ({
	name: label,
	decode: reader => reader.prefixed(1, label, list => list.list(label, item => item.uint8(label, describe))),
	encode(writer, codes) {
		writer.prefixed(1, list => {
			for (const code of codes) {
				list.uint8(code);
			}
		});
	},
});

/** One two-byte code. */
export const uint16Body = (label: string, describe = (code: number) => hexNumber(code, 2)): Codec<number> => ({
	name: label,
	decode: reader => reader.uint16(label, describe),
	encode(writer, code) {
		writer.uint16(code);
	},
});

/** Bytes after a length of `size` bytes. */
export const opaqueVector = (label: string, size: 1 | 2): Codec<Uint8Array> => ({
	name: label,
	decode: reader => reader.prefixed(size, label, inner => inner.rest(label)),
	encode(writer, bytes) {
		writer.prefixed(size, inner => inner.bytes(bytes));
	},
});
