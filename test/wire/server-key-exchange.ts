import test from 'ava';
import {DecodeError} from '../../source/bytes/decode-error.js';
import {fromHex} from '../../source/bytes/hex.js';
import {Reader} from '../../source/bytes/reader.js';
import {readNamedCurve, readPrimeBits} from '../../source/wire/server-key-exchange.js';

test('a named curve is read, and one that is spelt out has the code for such curves', t => {
	t.is(readNamedCurve(new Reader(fromHex('03001d20aabb'))), 0x00_1d);
	t.is(readNamedCurve(new Reader(fromHex('0100'))), 0xff_01);
	t.is(readNamedCurve(new Reader(fromHex('0200'))), 0xff_02);
	t.is(readNamedCurve(new Reader(fromHex('0400'))), undefined);
	t.throws(() => readNamedCurve(new Reader(fromHex('0300'))), {instanceOf: DecodeError});
});

const primes = [
	{hex: '0001 01', bits: 1},
	{hex: '0002 0080', bits: 8},
	{hex: '0002 01ff', bits: 9},
	{hex: '0000', bits: 0},
	{hex: `0080 ${'ff'.repeat(128)}`, bits: 1024},
];

for (const {hex, bits} of primes) {
	test(`the prime ${hex.slice(0, 12)} has ${bits} bits`, t => {
		t.is(readPrimeBits(new Reader(fromHex(hex))), bits);
	});
}

test('a prime that is cut off is a DecodeError', t => {
	t.throws(() => readPrimeBits(new Reader(fromHex('0080ff'))), {instanceOf: DecodeError});
});
