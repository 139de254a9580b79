import test from 'ava';
import {makeExtension} from '../../source/wire/extension.js';
import {supportedVersions} from '../../source/wire/extensions/index.js';
import {all, honest, retryMessage, serverHelloMessage, tls10, tls12, tls13} from '../helpers/honest-server.js';
import {accepted, play, plays, tooOld} from '../helpers/play.js';
import {alertBytes, byteByByte, close, hold, records, type Script, say} from '../helpers/script.js';

const other = 'rejected other-version';

test('TLS 1.2 answered to whatever is offered accepts TLS 1.2 alone', t => {
	plays(t, ({hello}) => [say(records(serverHelloMessage(hello, {legacyVersion: tls12, extensions: undefined})))], [
		other,
		other,
		accepted,
		other,
	]);
});

test('TLS 1.0 answered to whatever is offered accepts TLS 1.0 alone', t => {
	plays(t, ({hello}) => [say(records(serverHelloMessage(hello, {legacyVersion: tls10, extensions: undefined})))], [
		accepted,
		other,
		other,
		other,
	]);
});

test('TLS 1.3 answered to whatever is offered accepts TLS 1.3 alone', t => {
	plays(t, ({hello}) => [say(records(serverHelloMessage({...hello, version: tls13})))], [other, other, other, accepted]);
});

test('a suite that was not offered, or that is not registered, changes no status', t => {
	for (const suite of [0x00_00, 0x13_ff, 0x7a_7a, 0x56_00]) {
		const anomalous = 'accepted server-hello [cipher-suite-not-offered]';
		plays(t, ({hello}) => [say(records(serverHelloMessage(hello, {suite})))], [anomalous, anomalous, anomalous, anomalous]);
	}
});

test('faults of a ServerHello are named, and change no status', t => {
	const oddities: Script = ({hello}) => [
		say(
			records(
				serverHelloMessage(hello, {
					legacyVersion: hello.version === tls13 ? tls10 : hello.version,
					sessionId: Uint8Array.of(1),
					compression: 1,
					...(hello.version === tls13
						? {extensions: [makeExtension(supportedVersions.type, supportedVersions.serverHello, tls13)]}
						: {
								extensions: [
									{type: 0x7a_7a, data: new Uint8Array()},
									{type: 0x7a_7a, data: new Uint8Array()},
								],
							}),
				}),
			),
		),
	];
	const old = 'accepted server-hello [compression-not-offered extension-not-offered extension-repeated]';
	plays(t, oddities, [
		old,
		old,
		old,
		'accepted server-hello [compression-not-offered legacy-version session-id-not-echoed missing-key-share]',
	]);
});

test('downgrade sentinels are reported', t => {
	const marked = (last: number): Uint8Array => Uint8Array.from([...new Uint8Array(24), 0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44, last]);
	plays(
		t,
		({hello}) => [say(records(serverHelloMessage(hello, hello.version < tls13 ? {random: marked(hello.version === tls12 ? 1 : 0)} : {})))],
		['accepted server-hello {TLSv1.2}', 'accepted server-hello {TLSv1.2}', 'accepted server-hello {TLSv1.3}', accepted],
	);
});

test('an echo server speaks no TLS', t => {
	const versions = ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
	const statuses = versions.map(() => 'inconclusive not-tls echo');
	plays(t, ({hello}) => [say(hello.bytes)], statuses, {versions});
	plays(t, ({hello}) => [...byteByByte(hello.bytes), close], statuses, {versions});
});

test('a server that sends a ClientHello of its own is not taken for an echo', t => {
	plays(
		t,
		({hello}) => [say(hello.bytes.with(20, hello.bytes[20]! ^ 1))],
		Array.from({length: 4}, () => 'inconclusive malformed'),
	);
});

test('a HelloRetryRequest is an acceptance, and what would follow is not waited for', t => {
	const {exchanges} = plays(
		t,
		asked => {
			const retry = records(retryMessage(asked.hello, 0x00_18));
			return asked.hello.version === tls13 ? [say(...Array.from({length: 50}, () => retry)), hold] : honest()(asked);
		},
		[tooOld, tooOld, accepted, 'accepted hello-retry-request'],
	);
	t.is(exchanges.length, 4);
});

test('a HelloRetryRequest for the group whose share was sent is odd, and an acceptance', t => {
	plays(
		t,
		({hello}) => [say(records(retryMessage(hello, hello.shares[0]!)))],
		['accepted hello-retry-request [key-share-already-offered]'],
		{versions: ['TLSv1.3']},
	);
});

test('alerts behind a ServerHello do not take the acceptance back', t => {
	plays(
		t,
		({hello}) => [say(records(serverHelloMessage(hello)), alertBytes(40)), close],
		all.map(() => accepted),
	);
});

test('warning alerts without end are no answer', t => {
	plays(
		t,
		() => [{kind: 'flood', bytes: alertBytes(112, 1)}],
		all.map(() => 'inconclusive malformed'),
	);
});

test('empty records without end are no answer', t => {
	plays(
		t,
		() => [{kind: 'flood', bytes: Uint8Array.of(22, 3, 3, 0, 0)}],
		all.map(() => 'inconclusive malformed'),
	);
});

test('HelloRequests without end are no answer', t => {
	plays(
		t,
		() => [{kind: 'flood', bytes: records(new Uint8Array(400))}],
		all.map(() => 'inconclusive malformed'),
	);
});

test('a handshake message that never ends is no answer', t => {
	const start = Uint8Array.of(22, 3, 3, 0, 4, 2, 0, 0xff, 0xff);
	let isStarted = false;
	const {exchanges} = plays(
		t,
		() => {
			isStarted = true;
			return [say(start), {kind: 'flood', bytes: records(new Uint8Array(1000))}];
		},
		all.map(() => 'inconclusive malformed'),
	);
	t.true(isStarted && exchanges.length === 4);
});

const banners: readonly (readonly [string, string, RegExp])[] = [
	['HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n', 'http', /HTTP/],
	['<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>\r\n', 'http', /HTTP/],
	['SSH-2.0-OpenSSH_9.6\r\n', 'ssh', /SSH/],
	['220 mail.example.com ESMTP ready\r\n', 'smtp', /--starttls smtp.*465/],
	['220-mail.example.com ESMTP\r\n220 ready\r\n', 'smtp', /--starttls smtp.*465/],
	['220 ftp.example.com ESMTP Postfix\r\n', 'smtp', /--starttls smtp/],
	['554 go away\r\n', 'smtp', /--starttls smtp/],
	['220 (vsFTPd 3.0.5)\r\n', 'ftp', /--starttls ftp.*990/],
	['220 ProFTPD Server ready.\r\n', 'ftp', /--starttls ftp.*990/],
	['220 FTP Server ready.\r\n', 'ftp', /--starttls ftp.*990/],
	['* OK [CAPABILITY IMAP4rev1] ready\r\n', 'imap', /--starttls imap.*993/],
	['+OK POP3 ready\r\n', 'pop3', /--starttls pop3.*995/],
	['RFB 003.008\n', 'vnc', /--starttls vnc/],
	['INFO {"server_id":"NA","version":"2.10.7","tls_required":true} \r\n', 'nats', /--starttls nats/],
	['AMQP\0\0\u0009\u0001', 'amqp', /5671/],
	['\0\u0065\0\0\u0004\0\0\0\u0004\0\0\u0059(DESCRIPTION=(TMP=)(VSNNUM=318767104)(ERR=1153))', 'oracle', /2484/],
	['hello there\n', 'text', /^$/],
];

for (const [banner, protocol, hint] of banners) {
	test(`${JSON.stringify(banner)} is ${protocol}, and no TLS`, t => {
		for (const moves of [
			[say(Buffer.from(banner)), hold],
			[say(Buffer.from(banner)), close],
			[...byteByByte(Buffer.from(banner)), hold],
		]) {
			const {findings, exchanges} = plays(
				t,
				() => moves,
				all.map(() => `inconclusive not-tls ${protocol}`),
			);
			const {outcome} = findings['TLSv1.2']!;
			t.regex(outcome.kind === 'not-tls' ? (outcome.looksLike.hint ?? '') : 'another outcome', hint);
			t.is(exchanges.length, 4);
		}
	});
}

test('noise is no TLS, or a broken one, and never a verdict', t => {
	let seed = 7;
	const noise = (size: number): Uint8Array =>
		Uint8Array.from({length: size}, () => {
			seed = (seed * 48_271) % 2_147_483_647;
			return seed & 0xff;
		});
	const verdicts = new Set<string>();
	for (let run = 0; run < 300; run++) {
		const start = run % 3 === 0 ? [22, 3, 3] : run % 3 === 1 ? [21, 3, 1, 0, 200] : [];
		const bytes = Uint8Array.from([...start, ...noise(run)]);
		for (const {status, reason} of Object.values(play(() => [say(bytes), close]).findings)) {
			verdicts.add(`${status} ${reason}`);
		}
	}

	t.deepEqual(
		[...verdicts].filter(verdict => !verdict.startsWith('inconclusive')),
		[],
	);
});
