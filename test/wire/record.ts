import test from 'ava';
import fc from 'fast-check';
import {DecodeError} from '../../source/bytes/decode-error.js';
import {fromHex, toHex} from '../../source/bytes/hex.js';
import {encode} from '../../source/wire/codec.js';
import {longestFragment, looksLikeRecord, record, splitRecords} from '../../source/wire/record.js';
import {testCodec} from '../helpers/codec-cases.js';

testCodec(record, [
	{title: 'an alert', hex: '1503010002 0228', value: {type: 0x15, legacyVersion: 0x03_01, fragment: Uint8Array.of(2, 0x28)}},
	{title: 'nothing', hex: '1603030000', value: {type: 0x16, legacyVersion: 0x03_03, fragment: new Uint8Array()}},
]);

const stream = fromHex('1603010003aabbcc 1603030000 15030100020228 17030300050102030405');
const shown = ({records}: ReturnType<typeof splitRecords>): string[] => records.map(item => toHex(encode(record, item)));

test('records are split the same wherever the bytes are cut', t => {
	const whole = shown(splitRecords(stream));
	const different = Array.from({length: stream.length + 1}, (_, cut) => cut).filter(cut => {
		const first = splitRecords(stream.subarray(0, cut));
		const second = splitRecords(stream.subarray(first.consumed));
		return JSON.stringify([...shown(first), ...shown(second)]) !== JSON.stringify(whole);
	});
	t.is(whole.length, 4);
	t.deepEqual(different, []);
});

test('records that arrive a byte at a time are the same', t => {
	const found: string[] = [];
	let unread = new Uint8Array();
	for (const byte of stream) {
		unread = Uint8Array.of(...unread, byte);
		const split = splitRecords(unread);
		found.push(...shown(split));
		unread = unread.slice(split.consumed);
	}

	t.deepEqual(found, shown(splitRecords(stream)));
	t.is(unread.length, 0);
});

const refused = [
	{title: 'HTTP, whose letters would announce 20,527 bytes', hex: toHex(Buffer.from('HTTP/1.1 400')), field: 'type'},
	{title: 'a content type below 20', hex: '1303010000', field: 'type'},
	{title: 'a content type above 24', hex: '1903010000', field: 'type'},
	{title: 'a major version of 2', hex: '1602', field: 'type'},
	{title: 'one byte more than the most', hex: `160303${(longestFragment + 1).toString(16)}`, field: 'length'},
];

for (const {title, hex, field} of refused) {
	test(`${title}: no record`, t => {
		t.is(t.throws(() => splitRecords(fromHex(hex)), {instanceOf: DecodeError})?.field, field);
	});
}

test('the longest record is waited for', t => {
	t.deepEqual(splitRecords(fromHex(`160303${longestFragment.toString(16)}00`)), {records: [], consumed: 0});
});

test('any bytes are split, kept, or a DecodeError', t => {
	fc.assert(
		fc.property(fc.uint8Array({maxLength: 64}), bytes => {
			try {
				const {records, consumed} = splitRecords(bytes);
				return consumed <= bytes.length && consumed === records.reduce((sum, {fragment}) => sum + 5 + fragment.length, 0);
			} catch (error) {
				return error instanceof DecodeError;
			}
		}),
	);
	t.pass();
});

test('a header is judged by as much of it as there is', t => {
	const judged = ['', '16', '1603', '1703', '47', '1604'].map(hex => looksLikeRecord(fromHex(hex)));
	t.deepEqual(judged, [true, true, true, true, false, false]);
});
