import test from 'ava';
import {DecodeError} from '../../source/bytes/decode-error.js';
import {fromHex, toHex} from '../../source/bytes/hex.js';
import {decode} from '../../source/wire/codec.js';
import {ssl2ClientHello, ssl2Record, ssl2RecordHeader, ssl2ServerHello} from '../../source/wire/ssl2.js';
import {testCodec} from '../helpers/codec-cases.js';

const challenge = '00112233445566778899aabbccddeeff';

testCodec(ssl2ClientHello, [
	{title: 'two kinds', hex: `01 0002 0006 0000 0010 0700c0 010080 ${challenge}`},
	{title: 'a session id', hex: `01 0002 0003 0002 0010 0700c0 abcd ${challenge}`},
]);

testCodec(ssl2ServerHello, [
	{title: 'a certificate, one kind, an id', hex: '04 00 01 0002 0003 0003 0002 aabbcc 0700c0 0102'},
	{title: 'no kind in common', hex: '04 00 01 0002 0001 0000 0002 aa 0102'},
]);

const refused = [
	{title: 'a client hello where a server hello belongs', hex: '01 00 01 0002 0001 0000 0002 aa 0102', field: 'message type'},
	{title: 'kinds of four bytes', hex: '04 00 01 0002 0001 0004 0002 aa 07000000 0102', field: 'CIPHER-SPECS-LENGTH'},
];

for (const {title, hex, field} of refused) {
	test(`SSL 2 SERVER-HELLO: ${title} is refused`, t => {
		t.is(t.throws(() => decode(ssl2ServerHello, fromHex(hex)), {instanceOf: DecodeError})?.field, field);
	});
}

test('the header of a record tells where its body is', t => {
	t.is(toHex(ssl2Record(fromHex('040000'))), '8003040000');
	t.deepEqual(ssl2RecordHeader(fromHex('800304')), {headerLength: 2, bodyLength: 3});
	t.deepEqual(ssl2RecordHeader(fromHex('0003000400')), {headerLength: 3, bodyLength: 3});
	t.is(ssl2RecordHeader(fromHex('48545450')), undefined);
});
