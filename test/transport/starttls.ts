import test from 'ava';
import type {VersionReport} from '../../source/engine/report.js';
import type {RefusalKind} from '../../source/transport/dialogue.js';
import {findStartTls, type StartTlsName, startTlsNames, startTlsProtocols} from '../../source/transport/starttls/index.js';
import {type Peer, serveClear, type Wrap} from '../helpers/clear-server.js';
import {honest} from '../helpers/honest-server.js';
import {alertBytes, say} from '../helpers/script.js';
import {probePort, summarizeReport} from '../helpers/scripted-server.js';

/** What a server says, and what it waits for in between. */
type Conversation = readonly (string | RegExp)[];

const bytes = (...values: readonly number[]): string => String.fromCharCode(...values);

const ldapAnswer = (code: number, words = ''): string =>
	bytes(0x30, 12 + words.length, 2, 1, 1, 0x78, 7 + words.length, 0x0a, 1, code, 4, 0, 4, words.length) + words;

/** Code 51 under message 0, by the server itself. RFC 4511 §4.4.1. */
const ldapNotice = `${bytes(0x30, 36, 2, 1, 0, 0x78, 31, 0x0a, 1, 51, 4, 0, 4, 0, 0x8a, 22)}1.3.6.1.4.1.1466.20036`;

const mysqlGreeting = (flags: number): string => {
	const body = `${bytes(10)}8.0.36\0${bytes(1, 0, 0, 0)}saltsalt\0${bytes(flags & 0xff, flags >> 8, 45, 2, 0, 0xff, 0xdf, 21)}${'\0'.repeat(10)}moresaltmore\0`;
	return bytes(body.length, 0, 0, 0) + body;
};

const rdpAnswer = (kind: number, value: number): string => bytes(3, 0, 0, 19, 14, 0xd0, 0, 0, 0x12, 0x34, 0, kind, 0, 8, 0, value, 0, 0, 0);

/** Version 16.0.0.0 and a mode of encryption. */
const tdsAnswer = (encryption: number): string =>
	bytes(4, 1, 0, 26, 0, 0, 1, 0, 0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, encryption);

/** A server that goes over to TLS: the last thing it says is the go-ahead, where the protocol has one. */
const willing: Readonly<Record<StartTlsName, Conversation>> = {
	smtp: [
		'220-mail.example.com\r\n220 ready\r\n',
		/^EHLO \S+\r\n/,
		'250-mail\r\n250-STARTTLS\r\n250 SIZE 1000\r\n',
		/^STARTTLS\r\n/,
		'220 go ahead\r\n',
	],
	lmtp: ['220 mail LMTP\r\n', /^LHLO \S+\r\n/, '250-mail\r\n250 STARTTLS\r\n', /^STARTTLS\r\n/, '220 2.0.0 go\r\n'],
	imap: [
		'* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n',
		/^(\w+) CAPABILITY\r\n/,
		'* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK done\r\n',
		/^\w+ STARTTLS\r\n/,
		'a2 OK begin\r\n',
	],
	pop3: ['+OK ready\r\n', /^CAPA\r\n/, '+OK list\r\nUSER\r\nSTLS\r\n.\r\n', /^STLS\r\n/, '+OK begin\r\n'],
	ftp: ['220-Welcome\r\n 220 is not the end\r\n220 FTP\r\n', /^AUTH TLS\r\n/, '234 proceed\r\n'],
	ldap: [/1\.3\.6\.1\.4\.1\.1466\.20037/, ldapAnswer(0)],
	xmpp: [
		/^<\?xml version='1.0'\?><stream:stream to='example.com' xmlns='jabber:client'[^>]*>/,
		"<?xml version='1.0'?><stream:stream xmlns='jabber:client' from='example.com' version='1.0'><stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>",
		/^<starttls [^>]*\/>/,
		"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
	],
	'xmpp-server': [
		/xmlns='jabber:server'[^>]*>/,
		"<stream:stream xmlns='jabber:server'><features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></features>",
		/^<starttls [^>]*\/>/,
		"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'></proceed>",
	],
	nntp: ['200 news\r\n', /^CAPABILITIES\r\n/, '101 list\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n', /^STARTTLS\r\n/, '382 go\r\n'],
	sieve: ['"IMPLEMENTATION" "x"\r\n"STARTTLS"\r\n"VERSION" "1.0"\r\nOK "ready"\r\n', /^STARTTLS\r\n/, 'OK "begin"\r\n'],
	irc: [
		':irc.example.com NOTICE * :*** Looking up your hostname\r\nNOTICE AUTH :*** hello\r\n',
		/^STARTTLS\r\n/,
		':irc.example.com 670 * :STARTTLS successful\r\n',
	],
	postgres: [/^\x00\x00\x00\x08\x04\xd2\x16\x2f/, 'S'],
	mysql: [mysqlGreeting(0xff_ff), /^\x20\x00\x00\x01[\s\S]{32}/],
	rdp: [/^\x03\x00\x00\x13[\s\S]{15}/, rdpAnswer(2, 1)],
	tds: [/^\x12\x01\x00\x1a[\s\S]{22}/, tdsAnswer(1)],
	vnc: [
		'RFB 003.008\n',
		/^RFB 003\.008\n/,
		bytes(3, 1, 2, 19),
		/^\x13/,
		bytes(0, 2),
		/^\x00\x02/,
		bytes(0, 3, 0, 0, 1, 0, 0, 0, 1, 2, 0, 0, 1, 5),
		/^\x00\x00\x01\x05/,
		bytes(1),
	],
	nats: ['INFO {"server_id":"NA","version":"2.10.7","tls_required":true,"max_payload":1048576} \r\n'],
	amqp: [/^AMQP\x02\x01\x00\x00/, 'AMQP\x02\x01\x00\x00'],
	telnet: [
		// It asks for a terminal type, says NOP, and greets before it answers.
		`\xff\xfd\x18\xff\xf1Welcome\r\n`,
		/^\xff\xfb\x2e\xff\xfc\x18/,
		'\xff\xfd\x2e',
		/^\xff\xfa\x2e\x01\xff\xf0/,
		'\xff\xfa\x2e\x01\xff\xf0',
	],
	http: [
		/^OPTIONS \* HTTP\/1\.1\r\nHost: example\.com\r\nUpgrade: TLS\/1\.0\r\nConnection: Upgrade\r\n\r\n/,
		'HTTP/1.1 101 Switching Protocols\r\nUpgrade: TLS/1.0, HTTP/1.1\r\nConnection: Upgrade\r\n\r\n',
	],
	nut: [/^STARTTLS\n/, 'OK STARTTLS\n'],
};

/** The start of VNC to the choice of a type of security. */
const vncWith = (...types: readonly number[]): Conversation => ['RFB 003.008\n', /^RFB 003\.008\n/, bytes(types.length, ...types)];

const tdsPackets: Wrap = {
	// Two packets for whatever there is, so that a record spans them.
	wrap(data) {
		const pieces = [data.subarray(0, 3), data.subarray(3)];
		return Buffer.concat(
			pieces.flatMap((piece, index) => [Buffer.of(0x12, index, (piece.length + 8) >> 8, (piece.length + 8) & 0xff, 0, 0, 0, 0), piece]),
		);
	},
	unwrap(data) {
		const pieces: Uint8Array[] = [];
		for (let offset = 0; offset + 8 <= data.length; ) {
			const length = data[offset + 2]! * 256 + data[offset + 3]!;
			pieces.push(data.subarray(offset + 8, offset + length));
			offset += length;
		}

		return Buffer.concat(pieces);
	},
};

const wrapOf = (name: StartTlsName): Wrap | undefined => (name === 'tds' ? tdsPackets : undefined);

async function play(peer: Peer, conversation: Conversation): Promise<void> {
	for (const item of conversation) {
		if (typeof item === 'string') {
			peer.say(item);
		} else {
			await peer.hear(item);
		}
	}
}

const asked = async (port: number, name: StartTlsName, more = {}): Promise<VersionReport[]> => {
	const {recordings} = await probePort(port, {startTls: name, retries: 0, timeoutMs: 20_000, deadlineMs: 60_000, ...more});
	return Object.values(recordings[0].report.versions);
};

const modern = ['rejected alert protocol_version', 'rejected alert protocol_version', 'accepted server-hello', 'accepted server-hello'];

for (const name of startTlsNames) {
	test(`${name}: goes over to TLS, and the answers to TLS count`, async t => {
		const server = await serveClear(t, async peer => {
			await play(peer, willing[name]);
			await peer.answerHello(undefined, wrapOf(name));
		});
		t.deepEqual((await asked(server.port, name)).map(summarizeReport), modern);
	});

	test.serial(`${name}: goes over to TLS with a server that says one byte at a time`, async t => {
		const server = await serveClear(
			t,
			async peer => {
				await play(peer, willing[name]);
				await peer.answerHello(undefined, wrapOf(name));
			},
			{isSlow: true},
		);
		t.deepEqual((await asked(server.port, name)).map(summarizeReport), modern);
	});

	test(`${name}: a server that closes, or says nothing, has not been asked about TLS`, async t => {
		const closing = await serveClear(t, peer => peer.close());
		const silent = await serveClear(t, () => {});
		const ends = [await asked(closing.port, name), await asked(silent.port, name, {timeoutMs: 150})];
		t.deepEqual(
			ends.map(versions => [...new Set(versions.map(({status, reason, stage, code}) => `${status} ${reason} ${stage} ${code}`))]),
			[['inconclusive unreachable starttls EOF'], ['inconclusive unreachable starttls ETIMEDOUT']],
		);
	});

	// One at a time: so many bytes at once would hold up the clocks of the other tests.
	test.serial(`${name}: a server of another protocol, and a flood, are refusals`, async t => {
		const other = await serveClear(t, peer => {
			peer.say('HTTP/1.1 400 Bad Request\r\n');
		});
		const flood = await serveClear(t, peer => {
			peer.say('220-"* :'.repeat(100_000));
		});
		for (const [server, what] of [
			[other, 'other'],
			[flood, 'flood'],
		] as const) {
			const versions = await asked(server.port, name, {timeoutMs: 1500});
			// What is nothing but lines of something else to IRC, or MySQL's idea of a long packet, is not waited for longer than this.
			t.deepEqual([...new Set(versions.map(({status}) => status))], ['inconclusive'], what);
			t.true(
				versions.every(({reason}) => reason === 'starttls-refused'),
				`${what}: ${JSON.stringify(versions[0])}`,
			);
		}
	});
}

const atOnce = 'the port starts with TLS';

/** What is said instead of a go-ahead. */
const refusals: readonly (readonly [name: StartTlsName, conversation: Conversation, words: string, kind: RefusalKind | undefined])[] = [
	['smtp', [...willing.smtp.slice(0, -1), '454 4.7.0 TLS not available\r\n'], '454 4.7.0 TLS not available', 'tls-unavailable'],
	[
		'smtp',
		['220 x\r\n', /^EHLO .*\r\n/, '250 x\r\n', /^STARTTLS\r\n/, '502 5.5.1 what?\r\n'],
		'it does not list STARTTLS: 502 5.5.1 what?',
		'not-offered',
	],
	['smtp', ['554-go away\r\n554 you are listed\r\n'], '554-go away 554 you are listed', 'not-allowed'],
	['smtp', ['421 too many connections\r\n'], '421 too many connections', 'busy'],
	['lmtp', [...willing.lmtp.slice(0, -1), '454 no\r\n'], '454 no', 'tls-unavailable'],
	['imap', [...willing.imap.slice(0, -1), 'a2 BAD STARTTLS disabled\r\n'], 'a2 BAD STARTTLS disabled', undefined],
	['imap', ['* PREAUTH welcome back\r\n'], '* PREAUTH welcome back', undefined],
	['imap', ['* BYE overloaded\r\n'], '* BYE overloaded', undefined],
	[
		'imap',
		['* OK x\r\n', /\r\n/, '* CAPABILITY IMAP4rev1\r\na1 OK x\r\n', /\r\n/, 'a2 NO unknown\r\n'],
		'it does not list STARTTLS: a2 NO unknown',
		'not-offered',
	],
	['pop3', [...willing.pop3.slice(0, -1), '-ERR not now\r\n'], '-ERR not now', undefined],
	['pop3', ['+OK x\r\n', /\r\n/, '-ERR what\r\n', /\r\n/, '-ERR no\r\n'], 'it does not list STARTTLS: -ERR no', 'not-offered'],
	['ftp', ['220 x\r\n', /\r\n/, '530 Please login\r\n', /^AUTH SSL\r\n/, '530 Please login first\r\n'], '530 Please login', undefined],
	['ftp', ['220 x\r\n', /\r\n/, '500 what?\r\n', /^AUTH SSL\r\n/, '220 x\r\n'], '500 what?', 'not-offered'],
	['ftp', ['220 x\r\n', /\r\n/, '421 Timeout\r\n'], '421 Timeout', 'busy'],
	['ftp', ['421-Too many\r\n421 connections\r\n'], '421-Too many 421 connections', 'busy'],
	[
		'ldap',
		[/20037/, ldapAnswer(2, 'unsupported extended operation')],
		'protocolError (LDAP 2): unsupported extended operation',
		'not-offered',
	],
	['ldap', [/20037/, ldapAnswer(52)], 'unavailable (LDAP 52)', 'tls-unavailable'],
	[
		'xmpp',
		[...willing.xmpp.slice(0, -1), "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>"],
		"<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
		undefined,
	],
	[
		'xmpp',
		[/stream:stream/, '<stream:stream><stream:error><host-unknown/></stream:error></stream:stream>'],
		'stream error host-unknown',
		'unknown-host',
	],
	['nntp', [...willing.nntp.slice(0, -1), '580 Can not initiate TLS\r\n'], '580 Can not initiate TLS', 'tls-unavailable'],
	['nntp', ['400 busy\r\n'], '400 busy', 'busy'],
	['sieve', ['"SIEVE" "x"\r\nOK\r\n', /\r\n/, 'NO "TLS is off"\r\n'], 'it does not list STARTTLS: NO "TLS is off"', 'not-offered'],
	['sieve', ['BYE "too many"\r\n'], 'BYE "too many"', undefined],
	['irc', [/\r\n/, ':irc 691 * :STARTTLS failure\r\n'], ':irc 691 * :STARTTLS failure', undefined],
	[
		'irc',
		[':irc NOTICE * :hi\r\n', /\r\n/, ':irc 421 * STARTTLS :Unknown command\r\n'],
		':irc NOTICE * :hi :irc 421 * STARTTLS :Unknown command',
		undefined,
	],
	['irc', ['ERROR :Closing link\r\n'], 'ERROR :Closing link', undefined],
	['postgres', [/\x2f/, 'N'], 'N: no TLS here', 'not-offered'],
	['postgres', [/\x2f/, `E${bytes(0, 0, 0, 26)}SFATAL\0Mtoo many\0\0\0\0\0\0`], 'too many', undefined],
	['mysql', [mysqlGreeting(0xf7_ff)], '8.0.36 does not offer TLS (CLIENT_SSL)', 'not-offered'],
	['mysql', [`${bytes(23, 0, 0, 0, 0xff, 0x69, 0x04)}Host 'x' is blocked.`], "Host 'x' is blocked.", 'blocked'],
	['rdp', [/\x03/, rdpAnswer(3, 2)], 'SSL_NOT_ALLOWED_BY_SERVER (RDP 2)', 'not-offered'],
	['rdp', [/\x03/, bytes(3, 0, 0, 11, 6, 0xd0, 0, 0, 0x12, 0x34, 0)], 'it supports only the old RDP security, without TLS', 'not-offered'],
	['tds', [/\x12/, tdsAnswer(2)], 'ENCRYPT_NOT_SUP: it has no TLS', 'not-offered'],
	['tds', [/\x12/, '\x15\x03\x01\x00\x02\x02\x28'], `not an answer in TDS: an alert (handshake_failure) of TLS: ${atOnce}`, 'tls-at-once'],
	[
		'ldap',
		[/20037/, '\x15\x03\x03\x00\x02\x02\x46'],
		`not an answer in LDAP: an alert (protocol_version) of TLS: ${atOnce}`,
		'tls-at-once',
	],
	[
		'smtp',
		[
			`220 ${'*'.repeat(30)}\r\n`,
			/^EHLO .*\r\n/,
			'250-mail\r\n250-XXXXXXXA\r\n250 XXXB\r\n',
			/^STARTTLS\r\n/,
			'500 5.5.1 Command unrecognized: "XXXXXXXX"\r\n',
		],
		'it does not list STARTTLS: 500 5.5.1 Command unrecognized: "XXXXXXXX"',
		'filtered',
	],
	[
		'smtp',
		['220 mail\r\n', /^EHLO .*\r\n/, '250-mail\r\n250-XXXXXXXA\r\n250 SIZE 1\r\n', /^STARTTLS\r\n/, '502 no\r\n'],
		'it does not list STARTTLS: 502 no',
		'filtered',
	],
	[
		'smtp',
		['220 *** mail ***\r\n', /^EHLO .*\r\n/, '250 mail\r\n', /^STARTTLS\r\n/, '502 no\r\n'],
		'it does not list STARTTLS: 502 no',
		'not-offered',
	],
	[
		'ldap',
		[/20037/, ldapAnswer(52, 'LdapErr: comment: Error initializing SSL/TLS\0')],
		'unavailable (LDAP 52): LdapErr: comment: Error initializing SSL/TLS',
		'tls-unavailable',
	],
	['ldap', [/20037/, ldapNotice], 'notice of disconnection, busy (LDAP 51)', 'busy'],
	['mysql', [`${bytes(26, 0, 0, 0, 0xff, 0x6a, 0x04)}Host 'x' is not allowed`], "Host 'x' is not allowed", 'not-allowed'],
	['postgres', [/\x2f/, `E${bytes(0, 0, 0, 31)}SFATAL\0C53300\0Mtoo many\0\0\0\0`], 'too many', 'busy'],
	['rdp', [/\x03/, rdpAnswer(3, 3)], 'SSL_CERT_NOT_ON_SERVER (RDP 3)', 'tls-unavailable'],
	[
		'xmpp',
		[
			/stream:stream/,
			"<stream:stream><stream:error><host-gone xmlns='urn:ietf:params:xml:ns:xmpp-streams'/><text>moved to\nexample.net</text></stream:error></stream:stream>",
		],
		'stream error host-gone: moved to example.net',
		'unknown-host',
	],
	['tds', [/\x12/, 'HTTP/1.1 400 Bad Request\r\n'], 'not an answer in TDS: HTTP/1.1 400 Bad Request', 'other-protocol'],
	[
		'vnc',
		['RFB 003.003\n', /^RFB 003\.003\n/, bytes(0, 0, 0, 2)],
		'RFB 003.003 has no TLS; its security is VNC Authentication (2)',
		'not-offered',
	],
	// TigerVNC to a client whose connections have failed five times.
	['vnc', ['RFB 003.003\n', /^RFB 003\.003\n/, `${bytes(0, 0, 0, 0, 0, 0, 0, 8)}Too many`], 'Too many', 'busy'],
	['vnc', vncWith(2, 16), 'its security is VNC Authentication (2), Tight (16), without TLS (VeNCrypt is 19)', 'not-offered'],
	['vnc', ['RFB 003.007\n', /^RFB 003\.007\n/, bytes(0, 0, 0, 0, 8), 'too many'], 'too many', 'busy'],
	['vnc', [...vncWith(19), /^\x13/, bytes(0, 1)], 'VeNCrypt 0.1, and 0.2 is needed', 'not-offered'],
	['vnc', [...vncWith(19), /^\x13/, bytes(0, 2), /\x02/, bytes(1)], 'it refuses version 0.2 of VeNCrypt', undefined],
	['vnc', [...vncWith(19), /^\x13/, bytes(0, 2), /\x02/, bytes(0, 1, 0, 0, 1, 0)], 'VeNCrypt without TLS: Plain (256)', 'not-offered'],
	[
		'vnc',
		[...vncWith(19), /^\x13/, bytes(0, 2), /\x02/, bytes(0, 1, 0, 0, 1, 4), /\x04/, bytes(0)],
		'it lists X509None in VeNCrypt, and refuses it',
		undefined,
	],
	[
		'nats',
		['INFO {"version":"2.9.10","max_payload":1048576}\r\n'],
		'nats-server 2.9.10 does not offer TLS (tls_required, tls_available)',
		'not-offered',
	],
	['nats', ['-ERR maximum connections exceeded\r\n'], 'not an INFO line of NATS: -ERR maximum connections exceeded', 'busy'],
	['amqp', [/AMQP/, 'AMQP\0\0\x09\x01'], 'AMQP 0-9-1, which has no STARTTLS: TLS uses a separate port, usually 5671', 'not-offered'],
	['amqp', [/AMQP/, 'AMQP\x01\x01\0\x0a'], 'AMQP 0-10, which has no STARTTLS: TLS uses a separate port, usually 5671', 'not-offered'],
	['amqp', [/AMQP/, 'AMQP\x03\x01\0\0'], 'AMQP 1.0 without the TLS layer: its header has the protocol id 3', 'not-offered'],
	['telnet', [/\x2e/, '\xff\xfd\x01\xff\xfe\x2e'], 'it refuses START_TLS (option 46)', 'not-offered'],
	['telnet', [/\x2e/, 'login: '], 'no answer to START_TLS (option 46): login:', 'not-offered'],
	['http', [/\r\n\r\n/, 'HTTP/1.1 200 OK\r\nAllow: GET\r\n\r\n'], 'no 101 Switching Protocols: HTTP/1.1 200 OK', 'not-offered'],
	['nut', [/STARTTLS\n/, 'ERR FEATURE-NOT-CONFIGURED\n'], 'ERR FEATURE-NOT-CONFIGURED', undefined],
];

for (const [name, conversation, words, kind] of refusals) {
	test(`${name}: "${words}" (${kind ?? 'of no known kind'}) is a refusal to go over to TLS`, async t => {
		const server = await serveClear(t, peer => play(peer, conversation));
		const versions = await asked(server.port, name, {timeoutMs: 15_000});
		t.deepEqual(
			[...new Set(versions.map(item => `${item.status} ${item.reason} ${item.refusal}: ${item.words}`))],
			[`inconclusive starttls-refused ${kind}: ${words}`],
		);
	});
}

/** What is said before the server hangs up, although more was to come. */
const hangUps: readonly (readonly [name: StartTlsName, said: string, words: string])[] = [
	['smtp', '421 too many', '421 too many'],
	['smtp', '220-mail\r\n', '220-mail'],
	['irc', '\x15\x03\x01\x00\x02\x02\x50', `an alert (internal_error) of TLS: ${atOnce}`],
	['xmpp', '<stream:stream>', '<stream:stream>'],
	['mysql', `${bytes(9, 0, 0, 0, 10)}8.0`, '\t\0\0\0\n8.0'],
];

for (const [name, said, words] of hangUps) {
	test(`${name}: a server that closes after ${JSON.stringify(said)} is reported by it`, async t => {
		const server = await serveClear(t, async peer => {
			peer.say(said);
			peer.close();
		});
		const versions = await asked(server.port, name);
		t.deepEqual(
			[...new Set(versions.map(item => `${item.status} ${item.reason}: ${item.words}`))],
			[`inconclusive starttls-refused: it closed the connection after ${words.replaceAll(/\s/g, ' ').trim()}`],
		);
	});
}

for (const name of ['smtp', 'xmpp', 'mysql'] as const) {
	test(`${name}: an answer that has no end in time is distinguished from none`, async t => {
		const halting = await serveClear(t, peer => {
			peer.say(bytes(0x2a, 0x20));
		});
		const versions = await asked(halting.port, name, {timeoutMs: 3000});
		t.deepEqual(
			[...new Set(versions.map(({status, reason, stage, code}) => `${status} ${reason} ${stage} ${code}`))],
			['inconclusive unreachable starttls UNFINISHED'],
		);
	});
}

/** Other ways to agree. */
const agreements: readonly (readonly [name: StartTlsName, title: string, conversation: Conversation])[] = [
	// A device of veeso/suppaftp#43.
	['ftp', '200', ['220 VxWorks FTP server\r\n', /^AUTH TLS\r\n/, '200 AUTH command ok; starting SSL connection...\r\n']],
	['ftp', '334', ['220 x\r\n', /^AUTH TLS\r\n/, '334 go\r\n']],
	['ftp', 'to AUTH SSL alone', ['220 x\r\n', /^AUTH TLS\r\n/, '504 Unknown\r\n', /^AUTH SSL\r\n/, '334 go\r\n']],
	['nats', 'where TLS is an offer', ['INFO {"tls_available":true}\r\n']],
	['vnc', 'to security type 18', [...vncWith(2, 18), /^\x12/]],
	['vnc', 'to anonymous TLS alone', [...vncWith(19), /^\x13/, bytes(0, 2), /\x02/, bytes(0, 1, 0, 0, 1, 2), /^\x00\x00\x01\x02/, bytes(1)]],
];

for (const [name, title, conversation] of agreements) {
	test(`${name}: agreement ${title}`, async t => {
		const server = await serveClear(t, async peer => {
			await play(peer, conversation);
			await peer.answerHello();
		});
		t.deepEqual((await asked(server.port, name)).map(summarizeReport), modern);
	});
}

test('A server that does not list STARTTLS and takes it all the same is asked', async t => {
	const server = await serveClear(t, async peer => {
		await play(peer, ['220 x\r\n', /\r\n/, '250 x\r\n', /\r\n/, '220 go\r\n']);
		await peer.answerHello();
	});
	t.deepEqual((await asked(server.port, 'smtp')).map(summarizeReport), modern);
});

for (const name of startTlsNames) {
	test(`${name}: what comes in clear behind the go-ahead is noticed, and is no part of TLS`, async t => {
		const conversation = willing[name];
		const isSilentGo = typeof conversation.at(-1) !== 'string';
		const last = conversation.findLastIndex(item => typeof item === 'string');
		const server = await serveClear(t, async peer => {
			await play(
				peer,
				conversation.map((item, index) => (index === last ? `${item}injected\r\n` : item)),
			);
			await peer.answerHello(undefined, wrapOf(name));
		});
		const versions = await asked(server.port, name);
		t.deepEqual(
			versions.map(({status, anomalies}) => `${status} ${anomalies}`),
			['rejected', 'rejected', 'accepted', 'accepted'].map(status => `${status} plaintext-after-starttls`),
			isSilentGo ? 'behind the greeting' : undefined,
		);
	});
}

test('An alert counts, whatever the server says in clear behind it', async t => {
	const server = await serveClear(t, async peer => {
		await play(peer, willing.ftp);
		await peer.answerHello(honest({refuseVersion: () => [say(alertBytes(70), Buffer.from('500 OOPS: SSL: cannot accept\r\n'))]}));
	});
	t.deepEqual((await asked(server.port, 'ftp')).map(summarizeReport), modern);
});

test('A server that turns away the third connection at once is asked in turn', async t => {
	let open = 0;
	const server = await serveClear(t, async peer => {
		open += 1;
		peer.onClose(() => {
			open -= 1;
		});
		if (open > 2) {
			peer.say('421 4.7.0 Too many connections\r\n');
			peer.close();
			return;
		}

		await play(peer, willing.smtp);
		await peer.answerHello();
	});
	t.deepEqual((await asked(server.port, 'smtp', {timeoutMs: 10_000})).map(summarizeReport), modern);
});

test('auto goes by the port, and every port has one protocol', t => {
	const ports = startTlsProtocols.flatMap(protocol => protocol.ports);
	t.is(new Set(ports).size, ports.length);
	t.deepEqual(
		[25, 587, 143, 110, 21, 389, 5222, 5269, 119, 4190, 6667, 5432, 3306, 3389, 1433, 24, 5900, 4222, 5672, 23, 3493, 443, 993, 631].map(
			port => findStartTls('auto', port)?.name,
		),
		[
			'smtp',
			'smtp',
			'imap',
			'pop3',
			'ftp',
			'ldap',
			'xmpp',
			'xmpp-server',
			'nntp',
			'sieve',
			'irc',
			'postgres',
			'mysql',
			'rdp',
			'tds',
			'lmtp',
			'vnc',
			'nats',
			'amqp',
			'telnet',
			'nut',
			undefined,
			undefined,
			undefined,
		],
	);
});

test('Every protocol says where it is defined', t => {
	t.deepEqual(
		startTlsProtocols.filter(({source}) => source.length < 5).map(({name}) => name),
		[],
	);
});
