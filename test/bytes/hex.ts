import test from 'ava';
import fc from 'fast-check';
import {fromHex, fromHexDump, hexDump, printable, toHex, visible} from '../../source/bytes/hex.js';

const bytes = fc.uint8Array({maxLength: 100});

test('any bytes are the same after a trip through hex and through a dump', t => {
	fc.assert(fc.property(bytes, value => toHex(fromHex(toHex(value))) === toHex(value)));
	fc.assert(fc.property(bytes, value => toHex(fromHexDump(hexDump(value).split('\n').filter(Boolean))) === toHex(value)));
	t.pass();
});

test('a dump counts from the given offset', t => {
	t.is(hexDump(Uint8Array.of(0x41, 0x00), 0x20), `00000020  41 00${' '.repeat(42)}  |A.|\n`);
});

for (const text of ['a', 'zz', '0x16']) {
	test(`${text} is not pairs of hexadecimal digits`, t => {
		t.throws(() => fromHex(text), {instanceOf: TypeError});
	});
}

for (const line of ['hello', '0000  16', '00000000  1']) {
	test(`${JSON.stringify(line)} is no line of a dump`, t => {
		t.throws(() => fromHexDump([line]), {instanceOf: TypeError});
	});
}

test('bytes and text of others are shown as printable ASCII, whatever they are', t => {
	fc.assert(fc.property(bytes, value => /^[ -~]*$/.test(printable(value))));
	fc.assert(fc.property(fc.string({unit: 'binary'}), text => /^[ -~]*$/.test(visible(text))));
	t.is(printable(Buffer.from('a\r\n\u001b[31m\\')), 'a\\r\\n\\x1b[31m\\\\');
	t.is(visible('lab\u001b[2J \u{1f600}'), 'lab\\x1b[2J \\u{1f600}');
});
