import test from 'ava';
import {annotate} from '../../source/bytes/annotate.js';
import {fromHex} from '../../source/bytes/hex.js';
import {Reader, type Span} from '../../source/bytes/reader.js';

function annotated(hex: string, read: (reader: Reader) => unknown, options?: Parameters<typeof annotate>[2]): string[] {
	const bytes = fromHex(hex);
	const spans: Span[] = [];
	new Reader(bytes, spans).opaque('all', read);
	return annotate(bytes, spans, options).split('\n').slice(0, -1);
}

test('each field stands beside its bytes, indented by its depth', t => {
	t.deepEqual(
		annotated('02 aabb 00 07', reader => {
			reader.prefixed(1, 'vector', inner => inner.list('vector', item => item.uint8('item')));
			reader.prefixed(1, 'nothing', inner => inner.rest('nothing'));
			reader.uint8('last', () => 'seven');
		}),
		[
			'0000  02                       vector length: 2',
			'                               vector',
			'0001  aa                         item: 170',
			'0002  bb                         item: 187',
			'0003  00                       nothing length: 0',
			'                               nothing (empty)',
			'0004  07                       last: seven',
		],
	);
});

test('a vector of one opaque field is one line', t => {
	t.deepEqual(
		annotated('02 aabb', reader => reader.prefixed(1, 'opaque', inner => inner.rest('opaque'))),
		['0000  02                       opaque length: 2', '0001  aa bb                    opaque'],
	);
});

test('bytes that nothing names are shown, and so is what was wrong', t => {
	const [first, second] = annotated('aabb', reader => [reader.uint8('first'), reader.uint16('second')]);
	t.is(first, '0000  aa                       first: 170');
	t.is(second, '0001  bb                       !! does not decode, second: needs 2 bytes, 1 left at byte 1');
	t.is(annotate(fromHex('aa'), []), '0000  aa                       (not decoded)\n');
});

test('long fields are cut to a few lines and a count, unless all of it is wanted', t => {
	const read = (reader: Reader) => reader.rest('key_exchange');
	const hex = '11'.repeat(40);
	t.deepEqual(annotated(hex, read).slice(-2), ['0010  11 11 11 11 11 11 11 11', '      ... 16 bytes more']);
	t.is(annotated(hex, read, {isFull: true}).length, 5);
	t.is(annotated('11'.repeat(32), read).length, 4);
});

test('a part is shown with the offsets of the whole', t => {
	t.is(annotate(fromHex('aabbcc'), [], {start: 1, end: 2}), '0001  bb                       (not decoded)\n');
});

test('names that a peer chose cannot steer the terminal', t => {
	const [line] = annotated('aa', reader => reader.bytes(1, 'HostName', () => 'a\u001b[2J\u009b\n'));
	t.is(line, '0000  aa                       HostName: a\\x1b[2J\\x9b\\x0a');
});
