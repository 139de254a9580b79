import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {fromHex, hexDump, toHex} from '../../source/bytes/hex.js';
import {clientHelloHex, extendedClientHelloHex, handshakeMessage, readFlows, record, serverHelloHex} from '../helpers/hellos.js';
import {runInProcess} from '../helpers/run-in-process.js';

const alert = '15030100020246';

const alertText = `Record 1: alert, 2 bytes
0000  15                       type: alert
0001  03 01                    legacy_record_version: TLSv1.0
0003  00 02                    length: 2
                               Alert
0005  02                         level: fatal
0006  46                         description: protocol_version
`;

const inputs: readonly {readonly title: string; readonly input: string | Uint8Array; readonly shown: RegExp}[] = [
	{title: 'plain hex', input: `${alert}\n`, shown: /^Record 1: alert/},
	{title: 'raw bytes', input: fromHex(alert), shown: /^Record 1: alert/},
	{title: 'a dump', input: hexDump(fromHex(alert)), shown: /^Record 1: alert/},
	{title: 'text in UTF-16, as PowerShell writes it', input: Buffer.from(`\uFEFF${alert}\r\n`, 'utf16le'), shown: /^Record 1: alert/},
	{title: 'an alert without a record', input: '0246', shown: /^Alert, without a record header/},
	{
		title: 'a ClientHello',
		input: toHex(handshakeMessage(1, clientHelloHex)),
		shown: /^Handshake[\s\S]*cipher_suite: TLS_RSA_WITH_AES_128_CBC_SHA$/m,
	},
	{title: 'a ClientHello in a record', input: record(22, handshakeMessage(1, extendedClientHelloHex)), shown: /HostName: "lab\.a"$/m},
	{title: 'a ServerHello', input: serverHelloHex, shown: /^ServerHello, without headers/},
	{
		title: 'what openssl -msg prints',
		input: '<<< TLS 1.2, Alert [length 0002], fatal protocol_version\n    02 46\n',
		shown: /^The server sent 2 bytes, TLS 1\.2, Alert, fatal protocol_version:/,
	},
	{title: 'what is cut off', input: '1503010002', shown: /Not all bytes could be decoded: record 1 is cut off/},
];

for (const {title, input, shown} of inputs) {
	test(`${title} on stdin is shown`, async t => {
		const {code, stdout, stderr} = await runInProcess(['explain'], {input});
		t.is(stderr, '');
		t.is(code, 0);
		t.regex(stdout, shown);
	});
}

test('an alert is shown field by field, and nothing else is printed', async t => {
	const {stdout} = await runInProcess(['explain', '-'], {input: alert});
	t.is(stdout, alertText);
});

const refused: readonly {
	readonly title: string;
	readonly argv?: readonly string[];
	readonly input: string | Uint8Array;
	readonly message: RegExp;
}[] = [
	{title: 'words', input: 'hello there\n', message: /^tlsprobe: stdin: neither hexadecimal digits nor a dump: "hello"; it must be .*\n$/},
	{
		title: 'hex of something else',
		input: toHex(Buffer.from('HTTP/1.1 400 Bad')),
		message: /^tlsprobe: stdin: it starts with "HTTP\/1\.1 400 Bad" and looks like HTTP, which is not a record.*\n$/,
	},
	{
		title: 'raw bytes of something else',
		input: Uint8Array.of(0, 1, 2, 3),
		message: /^tlsprobe: stdin: it starts with "\\x00\\x01\\x02\\x03", which is not a record.*\n$/,
	},
	{title: 'nothing', input: '', message: /^tlsprobe: stdin: it is empty.*\n$/},
	{
		title: 'a broken flow',
		input: '# tlsprobe flow\n# version: TLSv9\n',
		message: /^tlsprobe: stdin: "# version: TLSv9" is not one of .*\n$/,
	},
	{
		title: 'a file that is not there',
		argv: ['no-such.flow'],
		input: '',
		message: /^tlsprobe: cannot read no-such\.flow: there is no such file\n$/,
	},
	{
		title: 'a directory',
		argv: ['fixtures'],
		input: '',
		message: /^tlsprobe: cannot read fixtures: it is a directory; name a file in it\n$/,
	},
	{title: 'an option that does not exist', argv: ['--ful'], input: '', message: /--full/},
];

for (const {title, argv = [], input, message} of refused) {
	test(`${title}: one line that says what is wrong, and exit code 2`, async t => {
		const {code, stdout, stderr} = await runInProcess(['explain', ...argv], {input});
		t.is(stdout, '');
		t.is(code, 2);
		t.regex(stderr, message);
	});
}

test('a flow is shown with what is known of it, both sides, and how it ended', async t => {
	const {code, stdout, stderr} = await runInProcess(['explain', 'fixtures/flows/openssl-tls12-and-tls13/001-TLSv1.0-short.flow']);
	t.is(stderr, '');
	t.is(code, 0);
	t.regex(stdout, /^lab\.example:18443 at 127\.0\.0\.1, server name lab\.example, asked for TLSv1\.0 in the shape short, \d{4}-/);
	t.regex(stdout, /^fatal alert 70 protocol_version$/m);
	t.regex(stdout, /^The client sent \d+ bytes after [\d.]+ ms:$/m);
	t.regex(stdout, /^The server sent 7 bytes after [\d.]+ ms:$/m);
	t.regex(stdout, /description: protocol_version\n\nThis is an answer, so tlsprobe closed the connection\.\n$/);
});

test('long fields are cut unless all of it is wanted', async t => {
	const file = 'fixtures/flows/openssl-tls12-and-tls13/003-TLSv1.2-short.flow';
	const [cut, full] = await Promise.all([runInProcess(['explain', file]), runInProcess(['explain', '--full', file])]);
	t.regex(cut.stdout, /ASN\.1Cert: CN=lab\.example[^\n]*\n[^\n]*\n[^\n]*\n {6}\.\.\. \d+ bytes more$/m);
	t.notRegex(full.stdout, /bytes more/);
	const [flow] = readFlows('openssl-tls12-and-tls13').slice(2);
	const shown = [...full.stdout.matchAll(/^[\da-f]{4} {2}((?:[\da-f]{2} ?){1,8})/gm)]
		.map(([, digits]) => digits!.replaceAll(' ', ''))
		.join('');
	t.is(shown, flow!.flights.map(({bytes}) => toHex(bytes)).join(''));
});

test('several files are shown one after the other, under their names', async t => {
	const directory = mkdtempSync(path.join(tmpdir(), 'tlsprobe-'));
	const [first, second] = [path.join(directory, 'first'), path.join(directory, 'second')];
	try {
		writeFileSync(first, alert);
		writeFileSync(second, fromHex(alert));
		const {code, stdout} = await runInProcess(['explain', first, second]);
		t.is(code, 0);
		t.is(stdout, `${first}\n${alertText}\n${second}\n${alertText}`);
	} finally {
		rmSync(directory, {recursive: true});
	}
});

test('a message of many records leaves out the middle of them, unless all of it is wanted', async t => {
	const input = Buffer.concat(Array.from(handshakeMessage(2, serverHelloHex), byte => record(22, Uint8Array.of(byte))));
	const [cut, full] = await Promise.all([runInProcess(['explain'], {input}), runInProcess(['explain', '--full'], {input})]);
	t.is(cut.stdout.match(/^Record \d+:/gm)?.length, 3);
	t.regex(cut.stdout, /^\.\.\. 39 more records, each with a part of the same message$/m);
	t.regex(cut.stdout, /^Together, records 1 to 42: handshake, 42 bytes$/m);
	t.is(full.stdout.match(/^Record \d+:/gm)?.length, 42);
});

test('a flood is cut to its beginning and a count', async t => {
	const input = Buffer.concat(Array.from({length: 10_000}, () => fromHex(alert)));
	const {code, stdout} = await runInProcess(['explain'], {input});
	t.is(code, 0);
	t.is(stdout.match(/^Record \d+:/gm)?.length, 64);
	t.regex(stdout, /\n\.\.\. 9936 more records\n$/);
});

test('an input that no connection comes to is refused', async t => {
	const {code, stderr} = await runInProcess(['explain'], {input: new Uint8Array(3 * 1024 * 1024)});
	t.is(code, 2);
	t.regex(stderr, /^tlsprobe: stdin is larger than 2 MiB/);
});

test('text that a peer chose cannot steer the terminal', async t => {
	const name = toHex(Buffer.from('\u001b[2J.example'));
	const body = `${clientHelloHex} 0015 00000011 000f 00 000c ${name}`;
	const {stdout, code} = await runInProcess(['explain', '--no-color'], {input: toHex(record(22, handshakeMessage(1, body)))});
	t.is(code, 0);
	t.notRegex(stdout, /\u001b/);
	t.regex(stdout, /HostName: "\\u001b\[2J\.example"/);
});
