import {buildHello} from '../../../source/exchange/build-hello.js';
import {readHttpAnswer} from '../../../source/exchange/completing/http-answer.js';
import {readSession} from '../../../source/exchange/completing/session.js';
import type {HelloSpec} from '../../../source/exchange/hello-spec.js';
import {looksLike} from '../../../source/exchange/looks-like.js';
import {readAnswer} from '../../../source/exchange/read-answer.js';
import {watchRecords} from '../../../source/exchange/turns/watch-records.js';
import {readArriving} from '../../../source/listener/arriving-hello.js';
import {describeClient} from '../../../source/listener/describe-client.js';
import {readResponse} from '../../../source/wire/dns/message.js';
import {caa, dnsReply, echConfigs, https, tlsa} from '../dns-server.js';
import {filled, type InputReader, numbered} from './reader.js';
import {bytesOf, fixturesIn} from './text-of.js';

/** As the listener does: looked at again only with as many bytes as were wanted. */
function arrive(text: string, pieceSize: number): unknown {
	const bytes = bytesOf(text);
	let wanted = 0;
	for (let end = pieceSize; end < bytes.length + pieceSize; end += pieceSize) {
		if (end < wanted) {
			continue;
		}

		const arrived = readArriving(bytes.subarray(0, end));
		if (arrived.kind !== 'more') {
			return arrived;
		}

		wanted = arrived.wanted;
	}

	return undefined;
}

function answer(text: string, pieceSize: number): void {
	for (const version of [0x03_03, 0x03_04, 0x00_02]) {
		const spec: HelloSpec =
			version === 2
				? {version, shape: 'short', cipherSuites: [0x01_00_80]}
				: {
						version,
						shape: 'usual',
						cipherSuites: [0x13_01, 0xc0_2f],
						extensions: {serverName: 'a.test', groups: [0x1d], keyShares: [], signatureSchemes: [0x04_03], isRich: false},
					};
		const reader = readAnswer(
			spec,
			buildHello(spec, length => new Uint8Array(length)),
		);
		const bytes = bytesOf(text);
		for (let start = 0; start < bytes.length; start += pieceSize) {
			if (reader.push(bytes.subarray(start, start + pieceSize)) !== undefined) {
				break;
			}
		}

		reader.end('closed', 1);
	}
}

function watch(text: string): void {
	const records = watchRecords();
	const bytes = bytesOf(text);
	for (let start = 0; start < bytes.length; start += 7) {
		records.push(bytes.subarray(start, start + 7), {kind: 'message', type: 14});
	}
}

function http(text: string, pieceSize: number): void {
	const reader = readHttpAnswer();
	const bytes = bytesOf(text);
	for (let start = 0; start < bytes.length; start += pieceSize) {
		if (reader.push(bytes.subarray(start, start + pieceSize)) !== undefined) {
			return;
		}
	}

	reader.end();
}

const answers = fixturesIn('answers', '.hex').map(text => Buffer.from(text.replaceAll(/#.*|\s/g, ''), 'hex').toString('latin1'));

/** A record of the handshake that goes on: a byte of a ClientHello of 10,000 each. */
const hello = (size: number): string => {
	const message = Buffer.alloc(Math.floor(size / 6));
	message.set([1, 0, (message.length - 3) >> 8, message.length & 0xff]);
	return Array.from(message, byte => `\x16\x03\x01\0\x01${String.fromCharCode(byte)}`).join('');
};

const answerWorst = {
	'records of one byte': filled('\x16\x03\x03\0\x01\x02', ''),
	'records of nothing': filled('\x16\x03\x03\0\0'),
	'a message that does not end': filled('a', '\x16\x03\x03\x40\0\x02\0\xff\xff'),
	'a message in records of one byte': (size: number) => hello(size).replace('\x01\x01', '\x01\x02'),
	'warnings in records of one byte': filled('\x15\x03\x03\0\x01\x01'),
	'requests that are passed over': filled('\x16\x03\x03\0\x04\0\0\0\0'),
	'signals that are passed over': filled('\x14\x03\x03\0\x01\x01'),
	'a banner': filled('a'),
};

const httpWorst = {
	'interim answers': filled('HTTP/1.1 100\n\n'),
	'longer interim answers': filled('HTTP/1.1 100 Continue\r\na: b\r\n\r\n'),
	'a head without an end': filled('a: b\r\n', 'HTTP/1.1 200 a\r\n'),
	chunks: filled('1\r\na\r\n', 'HTTP/1.1 400 a\r\nTransfer-Encoding: chunked\r\n\r\n'),
	'a page of an error': filled('<Code>', 'HTTP/1.1 400 a\r\n\r\n'),
	'a page of JSON': filled('"code" ', 'HTTP/1.1 400 a\r\n\r\n'),
	'a page of blanks': filled(' ', 'HTTP/1.1 400 a\r\n\r\n"code"', 'x'),
};

const dnsQuery = {bytes: Buffer.alloc(0), id: 0, name: 'a.test', type: 257, over: 'udp', index: 0} as const;

/** The header and the question of an answer with this many records. */
const dnsStart = (records: string): string =>
	dnsReply(dnsQuery).toString('latin1').replace('\0\x01\0\0\0\0\0\0', `\0\x01${records}\0\0\0\0`);

export const byteReaders: readonly InputReader[] = [
	{
		name: 'listener/arriving-hello',
		read(text) {
			const arrived = arrive(text, 1) as ReturnType<typeof readArriving> | undefined;
			return arrived?.kind === 'hello' ? describeClient(arrived.hello) : arrived;
		},
		refusals: [],
		starts: ['\x16\x03\x01\xff\xff', '\x16\x03\x01\x40\0\x01\0\xff\xff'],
		worst: {
			'records of one byte': hello,
			'records of nothing': filled('\x16\x03\x01\0\0'),
			'records of nothing and of one byte': filled('\x16\x03\x01\0\0\x16\x03\x01\0\x01\0', '\x16\x03\x01\0\x04\x01\0\xff\xff'),
		},
		samples: [],
	},
	{
		name: 'exchange/read-answer',
		read: text => answer(text, 1460),
		starts: ['\x16\x03\x03\x40\0', '\x84\x00\x04'],
		worst: answerWorst,
		samples: answers,
	},
	{name: 'exchange/read-answer-in-small-pieces', read: text => answer(text, 7), worst: answerWorst, samples: answers},
	{
		name: 'exchange/session',
		read: text => readSession(Buffer.from(text, 'latin1').toString('hex')),
		starts: ['\x30\x82\x40\0'],
		worst: {'elements of nothing': filled('\x02\0'), 'a sequence that does not end': filled('\x30\x84\0\xff\xff\xff')},
		samples: ['\x30\x14\x02\x01\x01\x02\x02\x03\x04\x04\x02\x13\x01\x04\x01\x01\xaa\x04\x04\x02\x04\x02\xbe\xef'],
	},
	{
		name: 'exchange/http-answer',
		read: text => http(text, 1460),
		starts: ['HTTP/1.1 400 a\r\n\r\n', 'HTTP/1.1 400 ', 'HTTP/1.1 400 a\r\nTransfer-Encoding: chunked\r\n\r\n'],
		worst: httpWorst,
		samples: [
			'HTTP/1.1 400 Bad Request\r\nServer: a\r\nContent-Length: 30\r\n\r\n<Error><Code>TlsVersion</Code></Error>',
			'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
		],
	},
	{name: 'exchange/turns/watch-records', read: watch, starts: ['\x16\x03\x03\x40\0'], worst: answerWorst, samples: answers},
	{name: 'exchange/http-answer-in-small-pieces', read: text => http(text, 7), worst: httpWorst, samples: []},
	{
		name: 'wire/dns/message',
		read: text => (['CAA', 'TLSA', 'HTTPS'] as const).map(type => readResponse(bytesOf(text), {name: dnsQuery.name, type}, dnsQuery.id)),
		starts: [dnsStart('\xff\xff')],
		worst: {
			'records of nothing': filled('\0\x01\x01\0\x01\0\0\0\0\0\0', dnsStart('\xff\xff')),
			'pointers to the question': filled('\xc0\x0c\x01\x01\0\x01\0\0\0\0\0\0', dnsStart('\xff\xff')),
			'aliases that are no chain': filled('\xc0\x0c\0\x05\0\x01\0\0\0\0\0\x02\xc0\x0c', dnsStart('\xff\xff')),
		},
		samples: [
			...([
				[257, caa('issue', 'ca.test')],
				[52, tlsa(3, 1, 1, 'ab'.repeat(32))],
				[65, https(1, '', {1: '026832', 3: '01bb', 5: echConfigs('a.test')})],
			] as const),
		].map(([type, row]) => dnsReply({...dnsQuery, type}, {rows: [row]}).toString('latin1')),
	},
	{
		name: 'exchange/looks-like',
		read: text => looksLike(bytesOf(text)),
		worst: {text: numbered(index => `${index} `)},
		samples: ['SSH-2.0-a\r\n', 'HTTP/1.1 400\r\n'],
	},
];
