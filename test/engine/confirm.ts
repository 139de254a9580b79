import {readFileSync} from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import {performance} from 'node:perf_hooks';
import type tls from 'node:tls';
import test from 'ava';
import {defaultOptions} from '../../source/engine/probe-options.js';
import {alerts} from '../../source/iana/alerts.js';
import {serveClear} from '../helpers/clear-server.js';
import {answering, confirmPort, listen, ok, serveTls, summaries} from '../helpers/confirm.js';
import {accept, all, honest} from '../helpers/honest-server.js';
import {close, hold, records, reset, say} from '../helpers/script.js';
import {serve} from '../helpers/scripted-server.js';

const pem = readFileSync('fixtures/certificates/localhost.pem');
const four = (old: string, current: string): string[] => [old, old, current, current];
const served = 'completed served http 200';
const isOld = (version: string): boolean => version === 'TLSv1' || version === 'TLSv1.1';

test('a service that takes every version', async t => {
	const report = await confirmPort(
		await serveTls(
			t,
			answering(() => ok),
		),
	);
	t.deepEqual(summaries(report), four(served, served));
	t.is(report.versions['TLSv1.3']!.confirmed!.cipherSuite, 'TLS_AES_256_GCM_SHA384');
	t.is(report.versions['TLSv1.0']!.status, 'accepted');
});

test('what is asked is one GET, of the host, by the name of this program', async t => {
	const heard: string[] = [];
	const port = await serveTls(
		t,
		socket =>
			socket.on('data', bytes => {
				heard.push(bytes.toString('latin1'));
				socket.end(ok);
			}),
		{minVersion: 'TLSv1.3'},
	);
	await confirmPort(port, {host: 'example.com'});
	t.is(heard.length, 1);
	t.regex(heard[0]!, new RegExp(`^GET / HTTP/1\\.1\r\nHost: example\\.com:${port}\r\nUser-Agent: tlsprobe/test\r\n`));
});

test('the documented code of Storage, and the same request served in newer versions', async t => {
	const old = 'HTTP/1.1 400 Bad Request\r\nx-ms-error-code: TlsVersionNotPermitted\r\nContent-Length: 0\r\n\r\n';
	const report = await confirmPort(
		await serveTls(
			t,
			answering(version => (isOld(version) ? old : ok)),
		),
	);
	t.deepEqual(summaries(report), four('completed refused code http 400 TlsVersionNotPermitted', served));
	t.is(report.versions['TLSv1.0']!.status, 'accepted');
	t.is(report.verdict, 'fail');
});

test('a login that is missing at every version is an ordinary answer', async t => {
	const port = await serveTls(
		t,
		answering(() => 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n'),
	);
	t.deepEqual(summaries(await confirmPort(port)), four('completed served http 401', 'completed served http 401'));
});

test('a 401 for old versions alone is a refusal, by what newer ones get', async t => {
	const port = await serveTls(
		t,
		answering(version => (isOld(version) ? 'HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n' : ok)),
	);
	const report = await confirmPort(port);
	t.deepEqual(summaries(report), four('completed refused difference http 401', served));
	t.deepEqual(report.versions['TLSv1.1']!.confirmed!.differsFrom, {
		version: 'TLSv1.3',
		answer: {kind: 'http', status: 200, reason: 'OK'},
	});
	t.is(report.versions['TLSv1.1']!.confirmed!.attempts, 2);
});

test('an error without a length, whose end is the end of the connection', async t => {
	const port = await serveTls(
		t,
		answering(version => (isOld(version) ? 'HTTP/1.1 403 No\r\n\r\nTLS 1.0 is not supported' : ok)),
	);
	t.deepEqual(summaries(await confirmPort(port)), four('completed refused words http 403', served));
});

test('hang-ups behind the handshake, where newer versions are served', async t => {
	const serveNew = answering(() => ok);
	const closing = await serveTls(t, socket => (isOld(socket.getProtocol()!) ? socket.end() : serveNew(socket)));
	t.deepEqual(summaries(await confirmPort(closing)), four('completed refused difference closed', served));
});

test('a service that hangs behind the handshake costs one wait, and is no refusal', async t => {
	const port = await serveTls(t, () => {});
	const startedAt = performance.now();
	const report = await confirmPort(port, {timeoutMs: 1500});
	t.deepEqual(summaries(report), four('completed unknown silent', 'completed unknown silent'));
	t.true(performance.now() - startedAt < defaultOptions.deadlineMs);
});

test('a service that trickles is cut off, and what it said counts', async t => {
	const dripping = (text: string) => (socket: tls.TLSSocket) => {
		let place = 0;
		const timer = setInterval(() => {
			socket.write(text[place % text.length]!);
			place += 1;
		}, 5);
		socket.on('close', () => clearInterval(timer));
	};
	const within = await serveTls(
		t,
		dripping('HTTP/1.1 200 OK\r\nX: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy'),
		{
			minVersion: 'TLSv1.2',
			maxVersion: 'TLSv1.2',
		},
	);
	const startedAt = performance.now();
	t.is(summaries(await confirmPort(within, {timeoutMs: 500}))[2], 'completed unknown malformed');
	t.true(performance.now() - startedAt < defaultOptions.deadlineMs);
});

const floods: readonly (readonly [title: string, start: string, piece: string, expected: string])[] = [
	['headers without end', 'HTTP/1.1 200 OK\r\n', 'X: y\r\n', 'completed unknown malformed'],
	['an endless body', 'HTTP/1.1 403 No\r\n\r\n', 'x', 'completed served http 403'],
	['interim answers without end', '', 'HTTP/1.1 100 Continue\r\n\r\n', 'completed unknown malformed'],
	['bytes that are nothing', '\x00\x01\x02', '\x03', 'completed served not-http binary'],
];

for (const [title, start, piece, expected] of floods) {
	test(`${title}: end at a bound`, async t => {
		const flood = Buffer.from(piece.repeat(Math.ceil(16_000 / piece.length)), 'latin1');
		let sent = 0;
		const port = await serveTls(
			t,
			socket => {
				const more = (): void => {
					while (!socket.destroyed && sent < 50_000_000) {
						sent += flood.length;
						if (!socket.write(flood)) {
							socket.once('drain', more);
							return;
						}
					}
				};
				socket.write(Buffer.from(start, 'latin1'));
				more();
			},
			{minVersion: 'TLSv1.3'},
		);
		const report = await confirmPort(port);
		t.is(summaries(report)[3], expected);
		t.true(sent < 50_000_000);
	});
}

test('a server that is silent or closes before it is done disagrees with its own ServerHello', async t => {
	const hello = honest({versions: all});
	const held = await serve(t, asked => [...accept(asked), hold]);
	const silent = 'failed unknown silent';
	// The share of TLS 1.3 that is made of zeros is no point of its group.
	t.deepEqual(summaries(await confirmPort(held.port, {timeoutMs: 700})), [silent, silent, silent, 'failed unknown own-stack']);
	const closing = await serve(t, asked => [...hello(asked), close]);
	const kinds = summaries(await confirmPort(closing.port));
	t.true(
		kinds.every(kind =>
			['failed unknown closed', 'failed unknown own-stack', 'failed unknown alert'].some(start => kind.startsWith(start)),
		),
		kinds.join(),
	);
	const resetting = await serve(t, asked => [say(records(Buffer.alloc(4))), reset].slice(asked.connection < 8 ? 1 : 0));
	t.true(summaries(await confirmPort(resetting.port)).every(kind => kind === '-'));
});

test('a reset behind the handshake', async t => {
	const inner = await serveTls(t, () => {});
	const behind = net.createServer(socket => {
		const further = net.connect(inner, '127.0.0.1');
		further.on('error', () => {});
		further.on('data', bytes => socket.write(bytes));
		socket.on('data', bytes => {
			// What follows the server's flight is the client's Finished, with or without the request.
			if (socket.bytesWritten > 0) {
				socket.resetAndDestroy();
			} else {
				further.write(bytes);
			}
		});
		socket.on('close', () => further.destroy());
	});
	const report = await confirmPort(await listen(t, behind), {versions: ['TLSv1.3']});
	t.is(summaries(report)[0], 'completed unknown reset');
});

test('a server that negotiates anew without end', async t => {
	let rounds = 0;
	const port = await serveTls(
		t,
		socket => {
			const again = (): void => {
				rounds += 1;
				if (!socket.destroyed) {
					socket.renegotiate({}, again);
				}
			};
			again();
		},
		{minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2'},
	);
	const startedAt = performance.now();
	const report = await confirmPort(port, {versions: ['TLSv1.2'], timeoutMs: 1500});
	t.regex(summaries(report)[0]!, /^completed unknown /);
	t.true(rounds > 0);
	t.true(performance.now() - startedAt < defaultOptions.deadlineMs);
});

test('a client certificate that is wanted, and not given', async t => {
	const port = await serveTls(
		t,
		answering(() => ok),
		{requestCert: true, rejectUnauthorized: true, ca: [pem]},
	);
	const report = await confirmPort(port);
	const old = 'failed unknown alert handshake_failure wants-certificate';
	// In TLS 1.3 the client is done before the server refuses.
	t.deepEqual(summaries(report), [old, old, old, 'completed unknown alert certificate_required']);
	t.is(report.versions['TLSv1.2']!.confirmed!.failure!.cause, 'client-certificate');
	t.regex(report.certificate!.subject, /localhost/, 'whose handshake it was is known');
});

test('a chain that is too long for the library here is its own cause, and its first certificates are shown', async t => {
	const filler = readFileSync('fixtures/certificates/rsa.pem', 'utf8').match(
		/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\n/,
	)![0];
	const port = await serveTls(t, socket => socket.end(), {
		cert: [pem, filler.repeat(Math.ceil(160_000 / filler.length))].join('\n'),
		minVersion: 'TLSv1.2',
	});
	const report = await confirmPort(port);
	for (const name of ['TLSv1.2', 'TLSv1.3'] as const) {
		const {status, confirmed} = report.versions[name]!;
		t.deepEqual(
			[status, confirmed!.failure!.code, confirmed!.failure!.cause],
			['accepted', 'ERR_SSL_EXCESSIVE_MESSAGE_SIZE', 'chain-too-long'],
		);
	}

	t.regex(report.certificate!.subject, /localhost/);
	t.true(report.certificate!.chain!.length > 0);
});

test('a suite that the library here does not offer is the cause, not a disagreement', async t => {
	// RC4 is in no OpenSSL 3 of Node.js.
	const {port} = await serve(t, honest({versions: [0x03_03], suites: [0x00_05]}));
	const report = await confirmPort(port, {versions: ['TLSv1.2'], timeoutMs: 3000});
	const {status, confirmed} = report.versions['TLSv1.2']!;
	t.deepEqual(
		[status, confirmed!.handshake, confirmed!.failure!.kind, confirmed!.failure!.cause],
		['accepted', 'failed', 'alert', 'cipher-suite'],
	);
});

test('HTTP/2 alone', async t => {
	const server = http2.createSecureServer({key: pem, cert: pem, minVersion: 'TLSv1.2'});
	server.on('unknownProtocol', socket => socket.end());
	const report = await confirmPort(await listen(t, server as unknown as net.Server));
	t.true(['closed', 'not-http', 'http'].includes(report.versions['TLSv1.3']!.confirmed!.answer!.kind));
	t.is(report.versions['TLSv1.2']!.confirmed!.handshake, 'completed');
	const frames = await serveTls(t, socket => void socket.write(Buffer.from('00000604000000000000030000006400', 'hex')), {
		minVersion: 'TLSv1.2',
	});
	t.deepEqual(summaries(await confirmPort(frames)).slice(2), ['completed served not-http http2', 'completed served not-http http2']);
});

test('a greeting that comes before anything is asked', async t => {
	const port = await serveTls(t, socket => void socket.write('* OK IMAP4rev1 ready\r\n'));
	t.deepEqual(summaries(await confirmPort(port)), four('completed served not-http imap', 'completed served not-http imap'));
});

test('what our library does not speak is said, and an acceptance of SSL 3 stays one', async t => {
	const {port} = await serve(t, honest({versions: [0x03_00, ...all]}));
	const report = await confirmPort(port, {versions: ['SSLv3'], timeoutMs: 500});
	t.is(report.versions.SSLv3!.status, 'accepted');
	t.deepEqual(summaries(report), ['not-spoken unknown own-stack']);
	t.is(report.versions.SSLv3!.confirmed!.attempts, 0);
});

test('time that runs out, and a user who has had enough', async t => {
	const port = await serveTls(t, () => {}, {minVersion: 'TLSv1.3'});
	const report = await confirmPort(port, {versions: ['TLSv1.3'], timeoutMs: 5000, deadlineMs: 1500});
	// On a busy machine it may run out before the handshake is done, or begun.
	t.regex(summaries(report)[0]!, /^(?:completed unknown unanswered|not-reached unknown (?:unanswered|unasked))$/);
	const abort = new AbortController();
	const other = await serveTls(t, () => abort.abort(), {minVersion: 'TLSv1.3'});
	const startedAt = performance.now();
	const cancelled = await confirmPort(other, {versions: ['TLSv1.3'], timeoutMs: 60_000, deadlineMs: 100_000, signal: abort.signal});
	t.regex(summaries(cancelled)[0]!, /^(?:completed|not-reached) unknown unanswered$/);
	t.true(performance.now() - startedAt < 60_000);
});

test('through a proxy, with the same request', async t => {
	const target = await serveTls(
		t,
		answering(version => (isOld(version) ? 'HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n' : ok)),
	);
	const proxy = http.createServer();
	let tunnels = 0;
	proxy.on('connect', (_request, socket: net.Socket) => {
		tunnels += 1;
		const further = net.connect(target, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			socket.pipe(further).pipe(socket);
		});
		further.on('error', () => socket.destroy());
		socket.on('error', () => further.destroy());
	});
	const proxyPort = await listen(t, proxy);
	const report = await confirmPort(443, {
		host: 'a.blob.core.windows.net',
		proxy: {protocol: 'http', host: '127.0.0.1', port: proxyPort},
	});
	t.deepEqual(summaries(report), four('completed refused difference http 403', served));
	t.true(tunnels >= 4 + 4 + 3);
});

test('a proxy that is gone by then is no word of the server', async t => {
	const target = await serveTls(
		t,
		answering(() => ok),
		{minVersion: 'TLSv1.3'},
	);
	const proxy = http.createServer();
	let tunnels = 0;
	proxy.on('connect', (_request, socket: net.Socket) => {
		tunnels += 1;
		socket.on('error', () => {});
		if (tunnels > 1) {
			socket.end('HTTP/1.1 407 Enough\r\n\r\n');
			return;
		}

		const further = net.connect(target, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			socket.pipe(further).pipe(socket);
		});
		further.on('error', () => socket.destroy());
	});
	const report = await confirmPort(443, {
		versions: ['TLSv1.3'],
		host: 'example.com',
		proxy: {protocol: 'http', host: '127.0.0.1', port: await listen(t, proxy)},
	});
	t.deepEqual(summaries(report), ['not-reached unknown proxy-refused']);
	t.regex(report.versions['TLSv1.3']!.confirmed!.failure!.words!, /407 Enough/);
});

test('behind STARTTLS the handshake alone is completed, and nothing is asked', async t => {
	const inner = await serveTls(t, socket => void socket.on('data', () => t.fail('something was asked')));
	const {port} = await serveClear(t, async peer => {
		peer.say('220 mail.example.com ESMTP\r\n');
		await peer.hear(/EHLO .*\r\n/);
		peer.say('250-mail.example.com\r\n250 STARTTLS\r\n');
		await peer.hear(/STARTTLS\r\n/);
		peer.say('220 go ahead\r\n');
		peer.tunnelTo(inner);
	});
	const report = await confirmPort(port, {startTls: 'smtp'});
	t.deepEqual(summaries(report), four('completed unknown', 'completed unknown'));
	t.is(report.certificate!.subject, 'CN=localhost');
});

test('TLS that travels in the packets of TDS', async t => {
	const inner = await serveTls(t, () => {});
	const packet = (type: number, data: Uint8Array): Buffer =>
		Buffer.concat([Buffer.of(type, 1, (data.length + 8) >> 8, (data.length + 8) & 0xff, 0, 0, 1, 0), data]);
	const server = net.createServer(socket => {
		const further = net.connect(inner, '127.0.0.1');
		let unread = Buffer.alloc(0);
		let isAgreed = false;
		further
			.on('error', () => {})
			.on('data', bytes => {
				for (let offset = 0; offset < bytes.length; offset += 4000) {
					socket.write(packet(0x12, bytes.subarray(offset, offset + 4000)));
				}
			});
		socket
			.on('close', () => further.destroy())
			.on('data', bytes => {
				unread = Buffer.concat([unread, bytes]);
				while (unread.length >= 8 && unread.length >= unread.readUInt16BE(2)) {
					const data = unread.subarray(8, unread.readUInt16BE(2));
					unread = unread.subarray(unread.readUInt16BE(2));
					if (isAgreed) {
						further.write(data);
					} else {
						isAgreed = true;
						// ENCRYPTION, one byte behind the list of options: ENCRYPT_ON.
						socket.write(packet(0x04, Buffer.of(1, 0, 6, 0, 1, 0xff, 1)));
					}
				}
			});
	});
	const report = await confirmPort(await listen(t, server), {startTls: 'tds'});
	t.deepEqual(summaries(report), four('completed unknown', 'completed unknown'));
});

test('the certificate, whether it fits, and another one in another version', async t => {
	const other = readFileSync('fixtures/certificates/rsa.pem');
	const port = await serveTls(
		t,
		answering(() => ok),
		{
			SNICallback: (_name, callback) => callback(null, undefined),
		},
	);
	const report = await confirmPort(port);
	const {subject, fits, askedFor, selfSigned, validity, chain, names} = report.certificate!;
	t.deepEqual(
		{subject, fits, askedFor, selfSigned, validity, chain},
		{subject: 'CN=localhost', fits: true, askedFor: 'localhost', selfSigned: true, validity: 'valid', chain: []},
	);
	t.true(names!.includes('localhost'));
	t.true(Object.values(report.versions).every(({confirmed}) => confirmed!.certificate === undefined));
	const strange = await confirmPort(
		await serveTls(
			t,
			answering(() => ok),
			{key: other, cert: other},
		),
	);
	t.is(strange.certificate!.fits, false);
	t.deepEqual(strange.certificate!.names, ['peer.test', '*.peer.test', '127.0.0.1']);
	const byAddress = await confirmPort(
		await serveTls(
			t,
			answering(() => ok),
			{key: other, cert: other},
		),
		{host: '127.0.0.1'},
	);
	t.is(byAddress.certificate!.fits, true);
});

test('without it nothing is completed, and nothing is said of it', async t => {
	const port = await serveTls(t, () => t.fail('a handshake was completed'));
	const report = await confirmPort(port, {confirms: false});
	t.deepEqual(summaries(report), ['-', '-', '-', '-']);
	t.is(report.certificate, undefined);
});

test('every alert is reported by its name, whatever the library here calls it', async t => {
	// close_notify is an end, and OpenSSL knows no others.
	const unknown = new Set(['close_notify', 'end_of_early_data', 'too_many_cids_requested', 'general_error', 'ech_required']);
	const known = alerts.entries.filter(({name}) => !unknown.has(name));
	const hello = honest({versions: [0x03_03]});
	for (const {code, name} of known) {
		const server = await serve(t, asked =>
			asked.connection === 0 ? hello(asked) : [say(Uint8Array.of(0x15, 3, 3, 0, 2, 2, code)), close],
		);
		const report = await confirmPort(server.port, {versions: ['TLSv1.2'], maxConnections: 1});
		t.is(report.versions['TLSv1.2']!.confirmed!.failure?.alert, name);
	}
});
