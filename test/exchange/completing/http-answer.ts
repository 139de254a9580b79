import {randomBytes} from 'node:crypto';
import test from 'ava';
import type {ServiceAnswer} from '../../../source/exchange/completing/completion.js';
import {readHttpAnswer} from '../../../source/exchange/completing/http-answer.js';

/** What is made of bytes that come in these pieces, and of the end behind them. */
function read(pieces: readonly (string | Uint8Array)[]): ServiceAnswer | undefined {
	const reader = readHttpAnswer();
	for (const piece of pieces) {
		const answer = reader.push(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
		if (answer !== undefined) {
			return answer;
		}
	}

	return reader.end();
}

/** Whether the answer was there before the end. */
const isDoneWith = (text: string): boolean => readHttpAnswer().push(Buffer.from(text, 'latin1')) !== undefined;

const http = (status: number, reason: string, others: object = {}): object => ({kind: 'http', status, reason, ...others});
const storage =
	'HTTP/1.1 400 The TLS version of the connection is not permitted on this storage account.\r\nContent-Length: 112\r\nContent-Type: application/xml\r\n' +
	'x-ms-error-code: TlsVersionNotPermitted\r\nServer: Blob\r\n\r\n<?xml version="1.0"?><Error><Code>TlsVersionNotPermitted</Code><Message>The TLS version of the connection</Message></Error>';
const said = {code: 'TlsVersionNotPermitted', words: 'TLS version of the connection is not permitted', server: 'Blob'};

const cases: readonly (readonly [title: string, text: string, expected: object | undefined])[] = [
	['an answer that is no error needs no body', 'HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n', http(200, 'OK', {server: 'nginx'})],
	['a redirection', 'HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n', http(302, 'Found', {fields: {location: ['/x']}})],
	[
		'fields that are noted, each value by itself',
		'HTTP/1.1 200 OK\r\nStrict-Transport-Security: max-age=1\r\nALT-SVC: h3=":443"\r\nstrict-transport-security: max-age=2\r\n\r\n',
		http(200, 'OK', {fields: {'strict-transport-security': ['max-age=1', 'max-age=2'], 'alt-svc': ['h3=":443"']}}),
	],
	[
		'a noted field that is long, and one that comes often',
		`HTTP/1.1 200 OK\r\nLocation: ${'x'.repeat(2000)}\r\n${'Alt-Svc: a\r\n'.repeat(6)}\r\n`,
		http(200, 'OK', {fields: {location: ['x'.repeat(1000)], 'alt-svc': ['a', 'a', 'a', 'a']}}),
	],
	['no reason phrase', 'HTTP/1.1 204 \r\n\r\n', http(204, '')],
	['no space behind the status', 'HTTP/1.1 204\r\n\r\n', http(204, '')],
	['HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\n', http(200, 'OK')],
	['bare line feeds', 'HTTP/1.1 200 OK\nServer: x\n\nbody', http(200, 'OK', {server: 'x'})],
	['what Storage says', storage, http(400, 'The TLS version of the connection is not permitted on this storage account.', said)],
	['a code in XML alone', 'HTTP/1.1 400 Bad\r\n\r\n<Error><Code>InvalidUri</Code></Error>', http(400, 'Bad', {code: 'InvalidUri'})],
	[
		'a code in JSON',
		'HTTP/1.1 403 Forbidden\r\n\r\n{"error":{"code":"Forbidden.Tls","message":"x"}}',
		http(403, 'Forbidden', {code: 'Forbidden.Tls'}),
	],
	['a code that is no word', 'HTTP/1.1 400 Bad\r\n\r\n<Code>two words</Code>', http(400, 'Bad')],
	['a code of an answer that is no error', 'HTTP/1.1 200 OK\r\nx-ms-error-code: X\r\n\r\n<Code>Y</Code>', http(200, 'OK')],
	[
		'words within markup',
		'HTTP/1.1 403 No\r\n\r\n<p>TLS <b>1.0</b> is\n no longer supported',
		http(403, 'No', {words: 'TLS 1.0 is no longer supported'}),
	],
	[
		'an upgrade that is demanded',
		'HTTP/1.1 426 Upgrade Required\r\nUpgrade: TLS/1.2, HTTP/1.1\r\nContent-Length: 0\r\n\r\n',
		http(426, 'Upgrade Required', {upgrade: 'TLS/1.2, HTTP/1.1'}),
	],
	[
		'an interim answer before the one that counts',
		'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
		http(200, 'OK'),
	],
	[
		'chunks, a code cut in two by them',
		'HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n<Code>Tl\r\n1b;x=y\r\nsVersionNotPermitted</Code>\r\n0\r\n\r\n',
		http(400, 'Bad', {code: 'TlsVersionNotPermitted'}),
	],
	['chunks that are none', 'HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<Code>X</Code>', http(400, 'Bad')],
	['the first of two fields of one name', 'HTTP/1.1 200 OK\r\nServer: a\r\nServer: b\r\n\r\n', http(200, 'OK', {server: 'a'})],
	['an invalid status line', 'HTTP/1.1 OK\r\n\r\n', {kind: 'malformed', problem: 'an invalid status line'}],
	['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n', {kind: 'malformed', problem: 'an invalid status line'}],
	[
		'headers without an end',
		`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(17_000)}`,
		{kind: 'malformed', problem: 'headers of more than 16384 bytes'},
	],
	['an end within the headers', 'HTTP/1.1 200 OK\r\nServer', {kind: 'malformed', problem: 'the headers are incomplete'}],
	['an end within the first word', 'HTT', {kind: 'malformed', problem: 'the headers are incomplete'}],
	['nothing', '', undefined],
	[
		'a greeting of mail',
		'220 mail.example.com ESMTP\r\n',
		{kind: 'not-http', looksLike: {protocol: 'smtp', hint: 'try --starttls smtp, or port 465'}},
	],
	[
		'HTTP/2',
		'\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64',
		{kind: 'not-http', looksLike: {protocol: 'http2', hint: undefined}},
	],
	['bytes', '\x01\x02', {kind: 'not-http', looksLike: {protocol: 'binary'}}],
];

for (const [title, text, expected] of cases) {
	test(`${title}: whole, byte by byte, and cut anywhere`, t => {
		const bytes = Buffer.from(text, 'latin1');
		t.deepEqual(read([text]) as unknown, expected);
		t.deepEqual(read(Array.from(bytes, byte => Uint8Array.of(byte))) as unknown, expected);
	});
}

test('a prefix is never taken for another status, and never throws', t => {
	const bytes = Buffer.from(storage, 'latin1');
	const kinds = new Set<string>();
	for (let length = 0; length < bytes.length; length++) {
		const answer = read([bytes.subarray(0, length)]);
		kinds.add(answer?.kind === 'http' ? `http ${answer.status}` : (answer?.kind ?? 'nothing'));
	}

	t.deepEqual([...kinds], ['nothing', 'malformed', 'http 400']);
});

test('an error waits for its body, by its length or its last chunk, and no longer', t => {
	const head = 'HTTP/1.1 401 Unauthorized\r\n';
	t.false(isDoneWith(`${head}\r\n`));
	t.true(isDoneWith(`${head}Content-Length: 0\r\n\r\n`));
	t.false(isDoneWith(`${head}Content-Length: 2\r\n\r\nx`));
	t.true(isDoneWith(`${head}Content-Length: 2\r\n\r\nxy`));
	t.false(isDoneWith(`${head}Content-Length: soon\r\n\r\nxy`));
	t.false(isDoneWith(`${head}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n`));
	t.true(isDoneWith(`${head}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`));
});

test('an endless body ends at 64 KiB, and what it says later does not count', t => {
	const reader = readHttpAnswer();
	const filler = Buffer.alloc(1000, 'x');
	let answer = reader.push(Buffer.from('HTTP/1.1 400 Bad\r\n\r\n'));
	let pieces = 0;
	while (answer === undefined && pieces < 1000) {
		answer = reader.push(filler);
		pieces += 1;
	}

	t.deepEqual(answer as unknown, http(400, 'Bad'));
	t.is(pieces, 66);
});

test('sixteen interim answers are passed over, and more are none', t => {
	const reader = readHttpAnswer();
	for (let index = 0; index < 16; index++) {
		t.is(reader.push(Buffer.from('HTTP/1.1 100 Continue\r\n\r\n')), undefined);
	}

	t.deepEqual(reader.push(Buffer.from('HTTP/1.1 100 Continue\r\n\r\n')), {kind: 'malformed', problem: 'more than 16 interim responses'});
});

test('random bytes, with and without the beginning of HTTP, never throw', t => {
	for (let index = 0; index < 2000; index++) {
		const bytes = randomBytes(1 + (index % 300));
		t.notThrows(() => read([bytes]));
		t.notThrows(() => read(['HTTP/1.1 400 ', bytes, '\r\n\r\n', bytes]));
		t.notThrows(() => read(['HTTP/1.1 400 x\r\nTransfer-Encoding: chunked\r\n\r\n', bytes]));
	}
});

test('long texts are cut, and do not take long', t => {
	const answer = read([`HTTP/1.1 400 ${'r'.repeat(5000)}\r\nServer: ${'s'.repeat(5000)}\r\n\r\n`, '<Code>'.repeat(9000)]);
	t.true(answer?.kind === 'http' && answer.reason.length === 200 && answer.server?.length === 200 && answer.code === undefined);
	const startedAt = performance.now();
	for (const piece of ['<', ' ', '"code"', '"code" ', 'TLS ', 'TLS version ', 'requires ', '<Code>', '1\r\n', 'SSL version of ']) {
		read(['HTTP/1.1 400 x\r\n\r\n', piece.repeat(60_000 / piece.length)]);
		read(['HTTP/1.1 400 x\r\nTransfer-Encoding: chunked\r\n\r\n', piece.repeat(60_000 / piece.length)]);
	}

	// Work that grew with the square of the length would take minutes.
	t.true(performance.now() - startedAt < 60_000);
});
