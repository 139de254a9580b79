import {DecodeError} from './decode-error.js';

/** A range of bytes and the RFC's name for it: what a hex dump is annotated with. */
export type Span = {
	readonly offset: number;
	readonly length: number;
	readonly label: string;
	/** How many vectors and structures it lies in. */
	readonly depth: number;
	/** What the bytes say, for a person: a name from a registry, a number. */
	readonly meaning?: string | undefined;
};

/**
Reads big-endian fields from bytes that are complete, and never past their end.

Every read names its field as the RFC does. That one label is the text of the error and of the annotation.
*/
export class Reader {
	readonly #bytes: Uint8Array;
	readonly #spans: Span[] | undefined;
	readonly #depth: number;
	readonly #end: number;
	#position: number;

	/**
	@param bytes - What to read. Not copied: `bytes()` hands out views of it.
	@param spans - Collects the label and place of every field read. Costs nothing where it is left out.
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
		if (length > 0) {
			this.#note(start, length, label, describe?.(value));
		}

		return value;
	}

	/** Everything that is left, as a view; it may be empty. */
	rest(label: string, describe?: (value: Uint8Array) => string): Uint8Array {
		return this.bytes(this.left, label, describe);
	}

	/**
	Read a vector: a length of `size` bytes, then what it announces.

	@param read - Is handed a reader that ends where the length says, and has to read all of it.
	@throws {DecodeError} If the length runs past the end, or `read` leaves something over.
	*/
	prefixed<Value>(size: 1 | 2 | 3, label: string, read: (inner: Reader) => Value): Value {
		const length = this.#integer(size, `${label} length`);
		const start = this.#take(length, label);
		this.#note(start, length, label);
		const inner = new Reader(this.#bytes, this.#spans, start, start + length, this.#depth + 1);
		const value = read(inner);
		inner.end(label);
		return value;
	}

	/** Group what `read` reads under one label. The group has no length of its own. */
	group<Value>(label: string, read: (inner: Reader) => Value): Value {
		if (this.#spans === undefined) {
			return read(this);
		}

		const place = this.#spans.push({offset: this.#position, length: 0, label, depth: this.#depth}) - 1;
		const inner = new Reader(this.#bytes, this.#spans, this.#position, this.#end, this.#depth + 1);
		const value = read(inner);
		this.#spans[place] = {offset: this.#position, length: inner.#position - this.#position, label, depth: this.#depth};
		this.#position = inner.#position;
		return value;
	}

	/**
	Everything that is left, as a view, annotated by `read` where a dump is wanted.

	A body that does not decode is no error here: it stays bytes, and the dump says what was wrong with it.
	*/
	opaque(label: string, read?: (inner: Reader) => unknown): Uint8Array {
		const start = this.#position;
		const value = this.#bytes.subarray(start, this.#end);
		this.#position = this.#end;
		if (this.#spans === undefined || value.length === 0) {
			return value;
		}

		const kept = this.#spans.length;
		let problem: string | undefined;
		if (read !== undefined) {
			try {
				const inner = new Reader(this.#bytes, this.#spans, start, this.#end, this.#depth);
				read(inner);
				inner.end(label);
				return value;
			} catch (error) {
				if (!(error instanceof DecodeError)) {
					throw error;
				}

				problem = `does not decode, ${error.message}`;
				this.#spans.length = kept;
			}
		}

		this.#note(start, value.length, label, problem);
		return value;
	}

	/** Read elements until nothing is left. */
	list<Value>(label: string, read: (reader: Reader) => Value): Value[] {
		const values: Value[] = [];
		while (this.left > 0) {
			const before = this.#position;
			values.push(read(this));
			if (this.#position === before) {
				throw new DecodeError(label, before, 'an element of no length');
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

	#integer(size: number, label: string, describe?: (value: number) => string): number {
		const start = this.#take(size, label);
		let value = 0;
		for (let index = start; index < start + size; index++) {
			value = value * 256 + this.#bytes[index]!;
		}

		if (this.#spans !== undefined) {
			this.#note(start, size, label, describe?.(value) ?? String(value));
		}

		return value;
	}

	#take(length: number, label: string): number {
		if (length > this.left) {
			throw new DecodeError(label, this.#position, `needs ${length} bytes, ${this.left} left`);
		}

		const start = this.#position;
		this.#position += length;
		return start;
	}

	#note(offset: number, length: number, label: string, meaning?: string): void {
		this.#spans?.push({offset, length, label, depth: this.#depth, meaning});
	}
}
