import forge from 'node-forge/lib/util.js';

/** A value that does not fit its field: a bug of the caller. */
export class EncodeError extends Error {
	override readonly name = 'EncodeError';
}

/**
Writes big-endian fields into node-forge's byte buffer.

Length prefixes are callbacks, so that a length is never computed by hand and is always correct. A message with a deliberately wrong length writes the
integer itself.
*/
export class Writer {
	readonly #buffer = forge.createBuffer();

	get length(): number {
		return this.#buffer.length();
	}

	uint8(value: number): this {
		this.#check(value, 1);
		this.#buffer.putByte(value);
		return this;
	}

	uint16(value: number): this {
		this.#check(value, 2);
		this.#buffer.putInt16(value);
		return this;
	}

	uint24(value: number): this {
		this.#check(value, 3);
		this.#buffer.putInt24(value);
		return this;
	}

	uint32(value: number): this {
		this.#check(value, 4);
		this.#buffer.putInt32(value);
		return this;
	}

	bytes(value: Uint8Array): this {
		this.#buffer.putBytes(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1'));
		return this;
	}

	/**
	Write a vector: a length of `size` bytes, then the output of `write`.

	@throws {EncodeError} If the content is too long for the length field.
	*/
	prefixed(size: 1 | 2 | 3, write: (inner: Writer) => void): this {
		const inner = new Writer();
		write(inner);
		this.#check(inner.length, size);
		this.#buffer.putInt(inner.length, size * 8);
		this.#buffer.putBuffer(inner.#buffer);
		return this;
	}

	/** The bytes written so far. */
	toBytes(): Uint8Array {
		return new Uint8Array(Buffer.from(this.#buffer.bytes(), 'latin1'));
	}

	#check(value: number, size: number): void {
		if (!Number.isInteger(value) || value < 0 || value >= 256 ** size) {
			throw new EncodeError(`${value} does not fit ${size === 1 ? 'one byte' : `${size} bytes`}`);
		}
	}
}
