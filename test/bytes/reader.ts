import test from 'ava';
import {DecodeError} from '../../source/bytes/decode-error.js';
import {fromHex} from '../../source/bytes/hex.js';
import {Reader, type Span} from '../../source/bytes/reader.js';

test('integers are big-endian', t => {
	const reader = new Reader(fromHex('01 0203 040506 0708090a'));
	t.deepEqual([reader.uint8('a'), reader.uint16('b'), reader.uint24('c'), reader.uint32('d')], [1, 0x02_03, 0x04_05_06, 0x07_08_09_0a]);
	t.is(reader.left, 0);
});

const failures = [
	{
		title: 'an integer past the end',
		hex: '01',
		read: (reader: Reader) => reader.uint16('field'),
		message: 'field: needs 2 bytes, 1 left at byte 0',
	},
	{
		title: 'bytes past the end',
		hex: 'aabb',
		read: (reader: Reader) => [reader.uint8('first'), reader.bytes(4, 'field')],
		message: 'field: needs 4 bytes, 1 left at byte 1',
	},
	{
		title: 'a vector that runs over',
		hex: '05aabb',
		read: (reader: Reader) => reader.prefixed(1, 'field', inner => inner.rest('field')),
		message: 'field: needs 5 bytes, 2 left at byte 1',
	},
	{
		title: 'something left in a vector',
		hex: '02aabb',
		read: (reader: Reader) => reader.prefixed(1, 'field', inner => inner.uint8('inside')),
		message: 'field: 1 bytes too many at byte 2',
	},
	{
		title: 'a read past the end of a vector, with more behind it',
		hex: '01aabbcc',
		read: (reader: Reader) => reader.prefixed(1, 'field', inner => inner.uint16('inside')),
		message: 'inside: needs 2 bytes, 1 left at byte 1',
	},
	{
		title: 'an element without length',
		hex: '00',
		read: (reader: Reader) => reader.list('field', () => 0),
		message: 'field: an element without length at byte 0',
	},
];

for (const {title, hex, read, message} of failures) {
	test(`${title} is refused, by the name of the field and the place`, t => {
		t.throws(() => read(new Reader(fromHex(hex))), {instanceOf: DecodeError, message});
		// The same with an annotation: what it collects changes no result.
		t.throws(() => read(new Reader(fromHex(hex), [])), {instanceOf: DecodeError, message});
	});
}

test('peeking reads nothing and stops at the end', t => {
	const reader = new Reader(fromHex('01aabb'));
	t.deepEqual(
		reader.prefixed(1, 'vector', inner => [[...inner.peek(4)], inner.left, inner.uint8('field')]),
		[[0xaa], 1, 0xaa],
	);
});

test('spans tell the place, the name and the depth of every field', t => {
	const spans: Span[] = [];
	new Reader(fromHex('02 aabb 07'), spans).group('Structure', reader => {
		reader.prefixed(1, 'vector', inner => inner.list('vector', item => item.uint8('item', value => `number ${value}`)));
		reader.uint8('last');
	});
	t.deepEqual(
		spans.map(({offset, length, label, depth, meaning}) => [offset, length, label, depth, meaning]),
		[
			[0, 4, 'Structure', 0, undefined],
			[0, 1, 'vector length', 1, '2'],
			[1, 2, 'vector', 1, undefined],
			[1, 1, 'item', 2, 'number 170'],
			[2, 1, 'item', 2, 'number 187'],
			[3, 1, 'last', 1, '7'],
		],
	);
});

test('an opaque body that does not decode stays bytes, and what was read of it stays named', t => {
	const spans: Span[] = [];
	const value = new Reader(fromHex('aabbcc'), spans).opaque('body', inner => [inner.uint8('first'), inner.uint32('second')]);
	t.deepEqual([...value], [0xaa, 0xbb, 0xcc]);
	t.deepEqual(
		spans.map(({offset, length, label, isProblem}) => [offset, length, label, isProblem]),
		[
			[0, 1, 'first', undefined],
			[1, 2, 'does not decode, second: needs 4 bytes, 2 left at byte 1', true],
		],
	);
});

test('an opaque body may be a part of what is left', t => {
	const reader = new Reader(fromHex('aabbcc'));
	t.deepEqual([...reader.opaque('body', undefined, 2)], [0xaa, 0xbb]);
	t.is(reader.left, 1);
});

test('a bug in what reads an opaque body is not taken for the fault of the bytes', t => {
	t.throws(
		() =>
			new Reader(fromHex('aa'), []).opaque('body', () => {
				throw new RangeError('a bug');
			}),
		{instanceOf: RangeError},
	);
});
