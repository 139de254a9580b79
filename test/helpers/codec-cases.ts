import test from 'ava';
import fc from 'fast-check';
import {DecodeError} from '../../source/bytes/decode-error.js';
import {fromHex, toHex} from '../../source/bytes/hex.js';
import {type Codec, decode, encode} from '../../source/wire/codec.js';

export type CodecCase<Value> = {
	readonly title: string;
	/** White space is passed over. */
	readonly hex: string;
	/** What it decodes to, where that is worth saying. */
	readonly value?: Value;
	/** Lengths of its beginnings that are whole by themselves. */
	readonly wholePrefixes?: readonly number[];
};

/** What holds for every codec: both directions agree, nothing that is cut off is accepted, and no bytes do worse than a `DecodeError`. */
export function testCodec<Value>(codec: Codec<Value>, cases: readonly CodecCase<Value>[]): void {
	for (const {title, hex, value, wholePrefixes = []} of cases) {
		const bytes = fromHex(hex);
		if (value !== undefined) {
			test(`${codec.name}, ${title}: decodes`, t => {
				t.deepEqual(decode(codec, bytes), value);
			});
		}

		test(`${codec.name}, ${title}: encodes back to the same bytes`, t => {
			t.is(toHex(encode(codec, decode(codec, bytes))), toHex(bytes));
		});

		test(`${codec.name}, ${title}: only whole beginnings decode`, t => {
			const decodable = Array.from({length: bytes.length}, (_, length) => length).filter(length =>
				decodes(codec, bytes.subarray(0, length)),
			);
			t.deepEqual(decodable, [...wholePrefixes]);
		});

		test(`${codec.name}, ${title}: a byte too many is refused`, t => {
			t.throws(() => decode(codec, Uint8Array.from([...bytes, 0])), {instanceOf: DecodeError});
		});
	}

	test(`${codec.name}: any bytes decode and encode back, or are a DecodeError`, t => {
		const seeds = cases.map(({hex}) => fromHex(hex));
		const mutated = fc.tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(255)).map(([seed, place, byte]) => {
			const bytes = Uint8Array.from(seed);
			bytes[place % bytes.length] = byte;
			return bytes;
		});
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array({maxLength: 200}), mutated), bytes => {
				const value = attempt(codec, bytes);
				return value === undefined || toHex(encode(codec, value.value)) === toHex(bytes);
			}),
			{numRuns: 300},
		);
		t.pass();
	});
}

const decodes = <Value>(codec: Codec<Value>, bytes: Uint8Array): boolean => attempt(codec, bytes) !== undefined;

function attempt<Value>(codec: Codec<Value>, bytes: Uint8Array): {readonly value: Value} | undefined {
	try {
		return {value: decode(codec, bytes)};
	} catch (error) {
		if (error instanceof DecodeError) {
			return undefined;
		}

		throw error;
	}
}
