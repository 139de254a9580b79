import {DecodeError} from './decode-error.js';

/** A range of bytes and the RFC's name for it, to annotate a hex dump. */
export type Span = {
	readonly offset: number;
	readonly length: number;
	readonly label: string;
	/** How many vectors and structures contain it. */
	readonly depth: number;
	/** The meaning of the bytes, for a person: a name from a registry, a number. */
	readonly meaning?: string | undefined;
	/** The bytes are the rest after decoding failed, and the label says why. */
	readonly isProblem?: boolean;
};

/**
Reads big-endian fields from complete bytes, and never past their end.

Every read names its field as the RFC does. The label is used in errors and in annotations.
*/
export class Reader {
	readonly #bytes: Uint8Array;
	readonly #spans: Span[] | undefined;
	readonly #depth: number;
	readonly #end: number;
	#position: number;

	/**
	@param bytes - What to read. Not copied: `bytes()` returns views of it.
	@param spans - Collects the label and range of every field read. Without it, labels cost nothing.
	*/
	constructor(bytes: Uint8Array, spans?: Span[], start = 0, end = bytes.length, depth = 0) {
		this.#bytes = bytes;
		this.#spans = spans;
		this.#position = start;
		this.#end = end;
		this.#depth = depth;
	}

	/** How many bytes are left to read. */
	get left(): number {
		return this.#end - this.#position;
	}

	/** Where the next read starts, in bytes from the start of the whole input. */
	get offset(): number {
		return this.#position;
	}

	/** Up to `length` of the next bytes, as a view, without reading them. */
	peek(length: number): Uint8Array {
		return this.#bytes.subarray(this.#position, Math.min(this.#position + length, this.#end));
	}

	uint8(label: string, describe?: (value: number) => string): number {
		return this.#integer(1, label, describe);
	}

	uint16(label: string, describe?: (value: number) => string): number {
		return this.#integer(2, label, describe);
	}

	uint24(label: string, describe?: (value: number) => string): number {
		return this.#integer(3, label, describe);
	}

	uint32(label: string, describe?: (value: number) => string): number {
		return this.#integer(4, label, describe);
	}

	/** The next `length` bytes, as a view. */
	bytes(length: number, label: string, describe?: (value: Uint8Array) => string): Uint8Array {
		const start = this.#take(length, label);
		const value = this.#bytes.subarray(start, start + length);
		if (this.#spans !== undefined && length > 0) {
			this.#note(start, length, label, describe?.(value));
		}

		return value;
	}

	/** Everything that is left, as a view; it may be empty. */
	rest(label: string, describe?: (value: Uint8Array) => string): Uint8Array {
		return this.bytes(this.left, label, describe);
	}

	/**
	Read a vector: a length of `size` bytes, then that many bytes.

	@param read - Gets a reader that ends where the length says, and must read all of it.
	@throws {DecodeError} If the length runs past the end, or `read` leaves something over.
	*/
	prefixed<Value>(size: 1 | 2 | 3, label: string, read: (inner: Reader) => Value): Value {
		const length = this.#integer(size, label, undefined, ' length');
		if (length > this.left) {
			this.#annotateCut(label, read);
		}

		const start = this.#take(length, label);
		this.#note(start, length, label);
		const inner = new Reader(this.#bytes, this.#spans, start, start + length, this.#depth + 1);
		const value = read(inner);
		inner.end(label);
		return value;
	}

	/** Group the fields of `read` under one label. The group has no length prefix. */
	group<Value>(label: string, read: (inner: Reader) => Value): Value {
		if (this.#spans === undefined) {
			return read(this);
		}

		const start = this.#position;
		const place = this.#spans.push({offset: start, length: 0, label, depth: this.#depth}) - 1;
		const inner = new Reader(this.#bytes, this.#spans, start, this.#end, this.#depth + 1);
		try {
			return read(inner);
		} finally {
			// Also if `read` failed: the fields that it has read are shown.
			this.#spans[place] = {offset: start, length: inner.#position - start, label, depth: this.#depth};
			this.#position = inner.#position;
		}
	}

	/**
	Everything that is left, as a view, annotated by `read` if spans are collected.

	A body that cannot be decoded is not an error here: it stays bytes. The dump shows the decoded part, and the error.

	@param length - How many bytes to take instead.
	*/
	opaque(label: string, read?: (inner: Reader) => unknown, length = this.left): Uint8Array {
		const start = this.#take(length, label);
		const end = start + length;
		const value = this.#bytes.subarray(start, end);
		if (this.#spans === undefined || length === 0) {
			return value;
		}

		if (read === undefined) {
			this.#note(start, length, label);
			return value;
		}

		const kept = this.#spans.length;
		try {
			const inner = new Reader(this.#bytes, this.#spans, start, end, this.#depth);
			read(inner);
			inner.end(label);
		} catch (error) {
			if (!(error instanceof DecodeError)) {
				throw error;
			}

			this.#noteProblem(error, kept, end);
		}

		return value;
	}

	/** Read elements until nothing is left. */
	list<Value>(label: string, read: (reader: Reader) => Value): Value[] {
		const values: Value[] = [];
		while (this.left > 0) {
			const before = this.#position;
			values.push(read(this));
			if (this.#position === before) {
				throw new DecodeError(label, before, 'an element without length');
			}
		}

		return values;
	}

	/** @throws {DecodeError} If anything is left to read. */
	end(label: string): void {
		if (this.left > 0) {
			throw new DecodeError(label, this.#position, `${this.left} bytes too many`);
		}
	}

	#integer(size: number, label: string, describe?: (value: number) => string, suffix = ''): number {
		const start = this.#take(size, label, suffix);
		let value = 0;
		for (let index = start; index < start + size; index++) {
			value = value * 256 + this.#bytes[index]!;
		}

		if (this.#spans !== undefined) {
			this.#note(start, size, label + suffix, describe?.(value) ?? String(value));
		}

		return value;
	}

	/** @param suffix - A suffix of the label. Labels are built only if they are used. */
	#take(length: number, label: string, suffix = ''): number {
		if (length > this.left) {
			throw new DecodeError(label + suffix, this.#position, `needs ${length} bytes, ${this.left} left`);
		}

		const start = this.#position;
		this.#position += length;
		return start;
	}

	#note(offset: number, length: number, label: string, meaning?: string): void {
		this.#spans?.push({offset, length, label, depth: this.#depth, meaning});
	}

	/** For a dump, annotate the part of a truncated vector that is present. The error follows. */
	#annotateCut(label: string, read: (inner: Reader) => unknown): void {
		if (this.#spans === undefined || this.left === 0) {
			return;
		}

		this.#note(this.#position, this.left, label);
		try {
			read(new Reader(this.#bytes, this.#spans, this.#position, this.#end, this.#depth + 1));
		} catch (error) {
			if (!(error instanceof DecodeError)) {
				throw error;
			}
		}
	}

	/** The rest after decoding failed, after the last field that was read. */
	#noteProblem({offset, message}: DecodeError, firstSpan: number, end: number): void {
		const last = this.#spans!.slice(firstSpan).at(-1);
		const start = Math.min(end, Math.max(offset, last === undefined ? 0 : last.offset + last.length));
		const depth = last?.depth ?? this.#depth;
		this.#spans!.push({offset: start, length: end - start, label: `does not decode, ${message}`, depth, isProblem: true});
	}
}
