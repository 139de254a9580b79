import {Reader, type Span} from '../bytes/reader.js';
import {Writer} from '../bytes/writer.js';

/** One message or structure, with both directions side by side. */
export type Codec<Value> = {
	/** The RFC's name of it. */
	readonly name: string;
	/** @throws {DecodeError} If the bytes are not one. */
	decode(reader: Reader): Value;
	/** @throws {EncodeError} If a field does not fit. */
	encode(writer: Writer, value: Value): void;
};

/**
@param spans - Collects the name and range of every field.
@throws {DecodeError} If `bytes` is not exactly one of `codec`'s structures.
*/
export function decode<Value>(codec: Codec<Value>, bytes: Uint8Array, spans?: Span[]): Value {
	const reader = new Reader(bytes, spans);
	const value = codec.decode(reader);
	reader.end(codec.name);
	return value;
}

export function encode<Value>(codec: Codec<Value>, value: Value): Uint8Array {
	const writer = new Writer();
	codec.encode(writer, value);
	return writer.toBytes();
}
