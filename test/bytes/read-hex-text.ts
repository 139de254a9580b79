import {readFileSync} from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import {fromHex, hexDump, toHex} from '../../source/bytes/hex.js';
import {readHexText} from '../../source/bytes/read-hex-text.js';
import {roundsOf} from '../helpers/depth.js';

const alert = '15030100020246';

/** Twenty bytes, whose printable ones look like hexadecimal digits. */
const long = '16030100113031323361626320646561642062656566';

const cases: readonly {readonly title: string; readonly text: string; readonly hex: string}[] = [
	{title: 'plain digits', text: '15030100020246', hex: alert},
	{title: 'upper case and white space', text: ' 15 03 01\n00 02\r\n02 46 \n', hex: alert},
	{title: 'groups of four', text: '1503 0100 0202 46', hex: alert},
	{title: 'colons', text: '15:03:01:00:02:02:46', hex: alert},
	{title: 'hyphens', text: '15-03-01-00-02-02-46', hex: alert},
	{title: 'commas and prefixes', text: '0x15, 0x03, 0x01, 0x0, 0x2, 0x02, 0X46', hex: alert},
	{title: 'one prefix', text: '0x15030100020246', hex: alert},
	{
		title: 'an array of C',
		text: '/* an alert */\nstatic const unsigned char alert[7] = {\n  0x15, 0x03, 0x01, // header\n  0, 0x00\n};'.replace(
			'0, 0x00',
			'0x00, 0x02, 0x02, 0x46',
		),
		hex: alert,
	},
	{title: 'a string of escapes', text: '"\\x15\\x03\\x01\\x00\\x02\\x02\\x46"', hex: alert},
	{title: "Python's bytes", text: "b'\\x15\\x03\\x01\\x00\\x02\\x02\\x46'", hex: alert},
	{title: 'a buffer of Node.js', text: '<Buffer 15 03 01 00 02 02 46>', hex: alert},
	{title: 'comments', text: '# an alert\n15030100 # header\n020246', hex: '150301000202 46'.replace(' ', '')},
	{title: 'a byte order mark', text: '\uFEFF15030100020246', hex: alert},
	{
		title: 'xxd',
		text: '00000000: 1603 0100 1130 3132 3361 6263 2064 6561  .....0123abc dea\n00000010: 6420 6265 6566                           d beef\n',
		hex: long,
	},
	{title: 'one line of xxd', text: '00000000: 1503 0100 0202 46                        ......F', hex: alert},
	{
		title: 'hexdump -C',
		text: '00000000  16 03 01 00 11 30 31 32  33 61 62 63 20 64 65 61  |.....0123abc dea|\n00000010  64 20 62 65 65 66                                 |d beef|\n00000016\n',
		hex: long,
	},
	{
		title: 'hexdump -C whose last line is half full',
		text: '00000000  16 03 01 00 11 30 31 32  33 61 62 63 20 64 65 61  |.....0123abc dea|\n00000010  64 20 62 65 65 66 20 20  de ad                    |d beef  ..|\n',
		hex: `${long}2020dead`,
	},
	{
		title: 'hexdump, whose words are swapped',
		text: '0000000 0316 0001 3011 3231 6133 6362 6420 6165\n0000010 2064 6562 6665\n0000016\n',
		hex: long,
	},
	{
		title: 'od -t x1, whose offsets are octal',
		text: '0000000 16 03 01 00 11 30 31 32 33 61 62 63 20 64 65 61\n0000020 64 20 62 65 65 66\n0000026\n',
		hex: long,
	},
	{
		title: 'od -A d -t x1, whose offsets are decimal',
		text: '0000000 16 03 01 00 11 30 31 32 33 61 62 63 20 64 65 61\n0000016 64 20 62 65 65 66\n0000022\n',
		hex: long,
	},
	{
		title: 'Wireshark',
		text: '0000   16 03 01 00 11 30 31 32 33 61 62 63 20 64 65 61   .....0123abc dea\n0010   64 20 62 65 65 66                                 d beef\n',
		hex: long,
	},
	{
		title: "PowerShell's Format-Hex",
		text: '   Label: String\n\n          Offset Bytes                                           Ascii\n                 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\n          ------ -----------------------------------------------  -----\n0000000000000000 16 03 01 00 11 30 31 32 33 61 62 63 20 64 65 61 .....0123abc dea\n0000000000000010 64 20 62 65 65 66                               d beef\n',
		hex: long,
	},
	{
		title: 'lines that are the same, left out',
		text: '00000000  00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f  |................|\n00000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n*\n00000040  01                                                |.|\n00000041\n',
		hex: `000102030405060708090a0b0c0d0e0f${'00'.repeat(48)}01`,
	},
];

for (const {title, text, hex} of cases) {
	test(`${title} is read`, t => {
		t.deepEqual(
			readHexText(text).map(({bytes}) => toHex(bytes)),
			[hex],
		);
	});
}

test('any bytes are read back from a dump, whatever their printable column looks like', t => {
	const hexLike = fc
		.array(fc.constantFrom(...Buffer.from('0123abc |.-:\u0000\u00ff', 'latin1')), {minLength: 1, maxLength: 70})
		.map(list => Uint8Array.from(list));
	fc.assert(
		fc.property(
			fc.oneof(fc.uint8Array({minLength: 1, maxLength: 70}), hexLike),
			bytes => toHex(readHexText(hexDump(bytes))[0]!.bytes) === toHex(bytes),
		),
		{numRuns: roundsOf(500, 100)},
	);
	t.pass();
});

test('what openssl prints with -msg is read message by message, without the headers of records', t => {
	const text = [
		'CONNECTED(00000003)',
		'>>> TLS 1.0, RecordHeader [length 0005]',
		'    16 03 01 00 04',
		'>>> TLS 1.3, Handshake [length 0004], ClientHello',
		'    01 00 00 00',
		'<<< TLS 1.3, Handshake [length 0004], ServerHello',
		'    02 00 00 00',
		'<<< TLS 1.2, InnerContent [length 0001]',
		'    16',
		'<<< TLS 1.3, Handshake [length 0004], Finished',
		'    14 00 00 00',
		'<<< TLS 1.2, Alert [length 0002], fatal protocol_version',
		'    02 46',
		'---',
	].join('\n');
	t.deepEqual(
		readHexText(text).map(({from, title, bytes}) => [from, title, toHex(bytes)]),
		[
			['client', 'TLS 1.3, Handshake, ClientHello', '01000000'],
			['server', 'TLS 1.3, Handshake, ServerHello, Finished', '0200000014000000'],
			['server', 'TLS 1.2, Alert, fatal protocol_version', '0246'],
		],
	);
});

test('what curl prints with --trace is read message by message, without the headers of records', t => {
	for (const file of ['curl-trace.txt', 'curl-trace-time.txt']) {
		const stretches = readHexText(readFileSync(`fixtures/traces/${file}`, 'utf8'));
		t.deepEqual(
			stretches.map(({from, title, bytes}) => [from, title, bytes.length, bytes[0]]),
			[
				['client', 'TLSv1.3, TLS handshake: Client hello (1)', 512, 1],
				[
					'server',
					'TLSv1.3, TLS handshake: Server hello (2), Encrypted Extensions (8), Certificate (11), CERT verify (15), Finished (20)',
					1260,
					2,
				],
				['client', 'TLSv1.3, TLS change cipher: Change cipher spec (1)', 1, 1],
				['client', 'TLSv1.3, TLS handshake: Finished (20)', 52, 20],
			],
			file,
		);
	}
});

test('a trace of curl without its bytes, or cut, is refused with the reason', t => {
	const whole = readFileSync('fixtures/traces/curl-trace.txt', 'utf8');
	t.throws(() => readHexText(readFileSync('fixtures/traces/curl-trace-ascii.txt', 'utf8')), {
		message: /^there are no bytes below "Client hello \(1\)": the option trace-ascii of curl leaves them out/,
	});
	t.throws(() => readHexText(whole.replace(/^01f0: .*\n/m, '')), {message: /"Client hello \(1\)" has 496 of 512 bytes$/});
	t.throws(() => readHexText(whole.split('\n').slice(0, 3).join('\n')), {message: /^there is no TLS message in this trace of curl/});
});

test('what openssl prints with -debug is read side by side', t => {
	const text = [
		'write to 0x55867ee2f180 [0x55867ee3ea83] (18 bytes => 18 (0x12))',
		'0000 - 15 03 01 00 02 02 46 15-03 01 00 02 02 46 15 03   ......F......F..',
		'0010 - 01 00                                             ..',
		'read from 0x55867ee2f180 [0x55867ee3ea83] (5 bytes => 5 (0x5))',
		'0000 - 15 03 01 00 02                                    .....',
		'read from 0x55867ee2f180 [0x55867ee3ea88] (2 bytes => 2 (0x2))',
		'0000 - 02                                                .',
		'0001 - <SPACES/NULS>',
		'read from 0x55867ee2f180 [0x55867ed172a0] (8192 bytes => 0)',
	].join('\n');
	t.deepEqual(
		readHexText(text).map(({from, bytes}) => [from, toHex(bytes)]),
		[
			['client', `${alert}${alert}15030100`],
			['server', '15030100020200'],
		],
	);
});

const refused = [
	{title: 'nothing', text: ' \n', message: /it is empty/},
	{title: 'words', text: 'hello', message: /"hello"/},
	{title: 'an odd digit', text: '150', message: /odd number of hexadecimal digits, 3/},
	{
		title: 'an openssl dump with a line missing',
		text: 'read from 0x1 [0x2] (18 bytes => 18 (0x12))\n0000 - 15\n0010 - 16\n',
		message: /is not complete$/,
	},
	{title: '-msg without a message', text: '>>> TLS 1.2, Handshake [length 0004], ClientHello\n', message: /no message/},
];

for (const {title, text, message} of refused) {
	test(`${title}: refused with the reason`, t => {
		t.throws(() => readHexText(text), {instanceOf: TypeError, message});
	});
}

test('any text is read or refused', t => {
	const line = fc.oneof(
		fc.string({maxLength: 40}),
		fc.constantFrom('*', '0000 16 03', '00000010  00', '>>> x [length 0001]', 'read from 0x1 [', '{', '<Buffer '),
	);
	fc.assert(
		fc.property(fc.array(line, {maxLength: 6}), lines => {
			try {
				return readHexText(lines.join('\n')).every(({bytes}) => bytes.length > 0);
			} catch (error) {
				return error instanceof TypeError && error.constructor === TypeError && !/undefined|not a function|null/.test(error.message);
			}
		}),
		{numRuns: roundsOf(500, 100)},
	);
	t.is(toHex(fromHex(alert)), alert);
});
