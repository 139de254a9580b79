import type {ConnectionListener} from '../../../source/transport/connection.js';
import type {Dialogue} from '../../../source/transport/dialogue.js';
import {makeDialogueRunner} from '../../../source/transport/dialogue-runner.js';
import {httpConnect} from '../../../source/transport/proxy/http-connect.js';
import {socks5} from '../../../source/transport/proxy/socks5.js';
import {startTlsProtocols} from '../../../source/transport/starttls/index.js';
import {openingOf} from '../../../source/transport/starttls.js';
import {filled, type InputReader} from './reader.js';
import {bytesOf} from './text-of.js';

/** More than is ever read of one answer. */
const pieces = 100;

/** Holds a conversation with a server that says this, in small pieces, whatever it is asked. */
async function hear(dialogue: Dialogue, text: string, pieceSize: number): Promise<unknown> {
	let listener: ConnectionListener | undefined;
	const talk = makeDialogueRunner({
		listen(newListener) {
			listener = newListener;
		},
		send() {},
		close() {},
		localEnd: () => ({address: undefined, port: undefined}),
	});
	let end: unknown;
	const held = talk.run(dialogue, performance.now() + 60_000, undefined).then(value => {
		end = value;
	});
	const bytes = bytesOf(text);
	for (let start = 0; start < bytes.length && end === undefined; start += pieceSize) {
		listener!.onBytes(bytes.subarray(start, start + pieceSize));
		await Promise.resolve();
	}

	listener!.onOver('EOF');
	await held;
	return end;
}

type OfProtocol = Pick<InputReader, 'starts' | 'worst' | 'samples'>;

const ofLines = (greeting: string, unit: string, ...samples: string[]): OfProtocol => ({
	starts: [greeting],
	worst: {'lines of an answer without an end': filled(unit, greeting), 'a line without an end': filled('a', greeting)},
	samples,
});

const features = '<stream:stream><stream:features><starttls/></stream:features>';
const xmpp: OfProtocol = {
	starts: ['<stream>', features, `${features}<proceed `, `${features}<failure>`],
	worst: {
		'an answer that does not end': filled('<proceed ', features),
		'an answer with parts': filled('<a/>', features),
		'features that do not end': filled('</features ', '<stream>'),
		'what ends before it begins': filled('</proceed', features),
	},
	samples: [`${features}<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>`, `${features}<failure/></stream:stream>`],
};
const mails = '220 a\r\n250-a\r\n250 STARTTLS\r\n';

const ofProtocols: Readonly<Record<string, OfProtocol>> = {
	smtp: ofLines('220 a\r\n', '250-a\r\n', `${mails}220 go\r\n`, '421 busy\r\n'),
	lmtp: ofLines('220 a\r\n', '250-a\r\n', `${mails}220 go\r\n`),
	imap: ofLines('* OK a\r\n', '* a\r\n', '* OK a\r\n* CAPABILITY STARTTLS\r\na1 OK\r\na2 OK go\r\n'),
	pop3: ofLines('+OK a\r\n', '+OK\r\n', '+OK a\r\n+OK\r\nSTLS\r\n.\r\n+OK go\r\n'),
	ftp: ofLines('220-a\r\n', '234-a\r\n', '220-a\r\n b\r\n220 c\r\n234 go\r\n'),
	ldap: {
		starts: ['0\x84\0\0\xff\xff', '0\x0c\x02\x01\x01x\x07'],
		worst: {'a message that does not end': filled('a', '0\x83\0\xff\xff')},
		samples: ['0\x0c\x02\x01\x01x\x07\x0a\x01\0\x04\0\x04\0', '0\x0f\x02\x01\x01x\x0a\x0a\x01\x35\x04\0\x04\x03bad'],
	},
	xmpp,
	'xmpp-server': xmpp,
	nntp: ofLines('200 a\r\n', '101 a\r\n', '200 a\r\n101 b\r\nSTARTTLS\r\n.\r\n382 go\r\n'),
	sieve: ofLines('', '"a"\r\n', '"STARTTLS"\r\nOK\r\nOK go\r\n'),
	irc: ofLines('', ':a NOTICE a\r\n', ':a NOTICE * :hello\r\n:a 670 a :go\r\n'),
	postgres: {
		starts: ['E\0\0\xff\xff'],
		worst: {'an error that does not end': filled('M', 'E\0\0\xff\xff')},
		samples: ['S', 'N', 'E\0\0\0\x0bMbad\0\0'],
	},
	mysql: {
		starts: ['\xff\xff\0\0\x0a', '\xff\xff\0\0\xff'],
		worst: {'a greeting that does not end': filled('a', '\xff\xff\0\0\x0a')},
		samples: [
			'\x4a\0\0\0\x0a8.0.1\0\x01\0\0\0abcdefgh\0\xff\xf7\xff\x02\0\xff\xc7\x15\0\0\0\0\0\0\0\0\0\0ijklmnopqrst\0caching_sha2_password\0',
		],
	},
	rdp: {
		starts: ['\x03\0\xff\xff'],
		worst: {'a packet that does not end': filled('a', '\x03\0\xff\xff')},
		samples: ['\x03\0\0\x13\x0e\xd0\0\0\0\0\0\x02\0\x08\0\x01\0\0\0'],
	},
	tds: {
		starts: ['\x04\x01\xff\xff\0\0\0\0'],
		worst: {'a packet that does not end': filled('\x02', '\x04\x01\xff\xff\0\0\0\0')},
		samples: ['\x04\x01\0\x14\0\0\x01\0\x01\0\x06\0\x01\xff\x01\0\0\0\0\0'],
	},
	vnc: {
		starts: ['RFB 003.008\n', 'RFB 003.008\n\0\0\0\xff\xff', 'RFB 003.008\n\x01\x13\0\x02\0'],
		worst: {'a reason that does not end': filled('a', 'RFB 003.008\n\0\0\0\xff\xff')},
		samples: ['RFB 003.008\n\x02\x02\x13\0\x02\0\x02\0\0\x01\x01\0\0\x01\x04\x01', 'RFB 003.008\n\0\0\0\0\x03bad'],
	},
	nats: {
		starts: ['INFO {"a":'],
		worst: {
			'a line without an end': filled('a', 'INFO {'),
			'an object without an end': text => `INFO ${'{'.repeat(Math.min(text, 32_000))}}\r\n`,
			'white space': size => `INFO${' '.repeat(Math.min(size, 32_000))}\r\n`,
		},
		samples: ['INFO {"version":"2.10.7","tls_required":true} \r\n'],
	},
	amqp: {starts: ['AMQP'], worst: {'a header without an end': filled('A')}, samples: ['AMQP\x02\x01\0\0', 'AMQP\0\0\x09\x01']},
	telnet: {
		starts: ['\xff\xfd\x18'],
		worst: {
			'text without an end': filled('a'),
			'options without an end': filled('\xff\xfd\x18'),
			'commands without an end': filled('\xff\xf1'),
			'what never follows': filled('\xff\xfa\x2e\x01\xff', '\xff\xfd\x2e'),
		},
		samples: ['\xff\xfd\x18\xff\xfd\x2e\xff\xfa\x2e\x01\xff\xf0', '\xff\xfe\x2e'],
	},
	http: ofLines('HTTP/1.1 101 a\r\n', 'a: b\r\n', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: TLS/1.0\r\n\r\n'),
	nut: ofLines('', 'ERR\n', 'OK STARTTLS\n'),
};

const proxy = {protocol: 'http', host: 'proxy.test', port: 3128, user: 'user', password: 'a b&c'} as const;

export const dialogueReaders: readonly InputReader[] = [
	...startTlsProtocols.flatMap(protocol => [
		{
			name: `starttls/${protocol.name}`,
			read: (text: string) => hear(openingOf(protocol, 'a.test'), text, pieces),
			...(ofProtocols[protocol.name] ?? {worst: {}, samples: []}),
		},
	]),
	{
		name: 'starttls/byte-by-byte',
		read(text) {
			const [name] = text.split('\0', 1);
			const protocol = startTlsProtocols.find(other => other.name === name);
			return protocol === undefined ? undefined : hear(openingOf(protocol, 'a.test'), text.slice(text.indexOf('\0') + 1), 1);
		},
		worst: Object.fromEntries(
			startTlsProtocols.flatMap(({name}) =>
				Object.entries(ofProtocols[name]?.worst ?? {}).map(([title, make]) => [
					`${name}: ${title}`,
					(size: number) => `${name}\0${make(size / 2)}`,
				]),
			),
		),
		samples: [],
	},
	{
		name: 'proxy/http',
		read: text => hear(httpConnect(proxy, 'a.test', 443), text, pieces),
		starts: ['HTTP/1.1 407 a\r\n', 'HTTP/1.1 403 a\r\nContent-Type: text/html\r\n\r\n<title', 'HTTP/1.1 407 a\r\nProxy-Authenticate: '],
		worst: {
			'interim answers': filled('HTTP/1.1 100\n\n'),
			'a head without an end': filled('a: b\r\n', 'HTTP/1.1 200 a\r\n'),
			'a page without a title': filled('<title ', 'HTTP/1.1 403 a\r\nContent-Type: text/html\r\n\r\n'),
			'what may be the password': filled('a ', 'HTTP/1.1 403 '),
			'a head byte by byte': filled('\r', 'HTTP/1.1 200 a'),
		},
		samples: [
			'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 Connection established\r\n\r\n',
			'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate, Basic realm="a"\r\nX-Squid-Error: ERR_ACCESS_DENIED 0\r\nContent-Type: text/html\r\nContent-Length: 30\r\n\r\n<title>user:a b&amp;c</title>',
		],
	},
	{
		name: 'proxy/socks5',
		read: text => hear(socks5({...proxy, protocol: 'socks5'}, 'a.test', 443), text, pieces),
		starts: ['\x05\x02\x01\0'],
		worst: {'an answer that does not end': filled('\x05')},
		samples: ['\x05\x02\x01\0\x05\0\0\x01\x7f\0\0\x01\x01\xbb', '\x05\xff'],
	},
];
