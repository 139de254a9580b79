import test from 'ava';
import {toHex} from '../../source/bytes/hex.js';
import {EncodeError, Writer} from '../../source/bytes/writer.js';

test('integers are big-endian and vectors bring their length', t => {
	const writer = new Writer()
		.uint8(1)
		.uint16(0x02_03)
		.uint24(0x04_05_06)
		.uint32(0xff_fe_fd_fc)
		.prefixed(2, inner => inner.bytes(Uint8Array.of(0xaa, 0xff)).prefixed(1, () => {}));
	t.is(toHex(writer.toBytes()), '010203040506fffefdfc0003aaff00');
});

const misfits = [
	{title: '256 in one byte', write: (writer: Writer) => writer.uint8(256)},
	{title: '65,536 in two bytes', write: (writer: Writer) => writer.uint16(65_536)},
	{title: 'a negative number', write: (writer: Writer) => writer.uint8(-1)},
	{title: 'a fraction', write: (writer: Writer) => writer.uint8(1.5)},
	{
		title: '256 bytes behind a length of one byte',
		write: (writer: Writer) => writer.prefixed(1, inner => inner.bytes(new Uint8Array(256))),
	},
];

for (const {title, write} of misfits) {
	test(`${title} is refused`, t => {
		t.throws(() => write(new Writer()), {instanceOf: EncodeError});
	});
}
