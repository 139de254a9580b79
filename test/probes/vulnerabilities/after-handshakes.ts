import {createHmac, randomBytes} from 'node:crypto';
import type tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import type {Outcome} from '../../../source/exchange/outcome.js';
import type {RecordsAnswer} from '../../../source/probes/probe.js';
import askBreach from '../../../source/probes/vulnerabilities/asking/ask-breach.js';
import askOpossum from '../../../source/probes/vulnerabilities/asking/ask-opossum.js';
import askZeroStek from '../../../source/probes/vulnerabilities/asking/ask-zero-stek.js';
import {keyOf} from '../../../source/probes/vulnerabilities/open-ticket.js';
import type {About, Assessment, EarlierFindings} from '../../../source/probes/vulnerabilities/vulnerability.js';
import {aboutPort, askPort} from '../../helpers/ask-port.js';
import {answering, ok, serveTls} from '../../helpers/confirm.js';

/* Vulnerabilities that are found by completed handshakes: with servers that have them, and with servers that look like these. */

const zeros = Buffer.alloc(48);
const known = Buffer.concat([randomBytes(16), Buffer.alloc(16, 0x31), randomBytes(16)]);
const almost = Buffer.concat([Buffer.alloc(31), Buffer.of(1), Buffer.alloc(16)]);

for (const [title, options, expected, connections] of [
	['a key of zeros, TLS 1.2', {ticketKeys: zeros}, 'present', 2],
	['a key of zeros, TLS 1.3', {ticketKeys: zeros, minVersion: 'TLSv1.3'}, 'present', 2],
	['a key of one digit, under a name that is drawn', {ticketKeys: known}, 'present', 2],
	['a key that is drawn', {}, 'absent', 2],
	['a key that is drawn, TLS 1.3', {minVersion: 'TLSv1.3'}, 'absent', 2],
	['zeros but for one bit of the key', {ticketKeys: almost}, 'absent', 2],
	[
		'zeros for name and encryption, and a key that is drawn',
		{ticketKeys: Buffer.concat([Buffer.alloc(16), randomBytes(16), Buffer.alloc(16)])},
		'absent',
		2,
	],
] as const satisfies readonly (readonly [string, tls.TlsOptions, string, number])[]) {
	test(`zero STEK: ${title} is ${expected}`, async t => {
		const port = await serveTls(
			t,
			answering(() => ok),
			options,
		);
		const accepted = 'minVersion' in options ? (['TLSv1.3'] as const) : undefined;
		t.like(await askPort(askZeroStek, port, aboutPort(port, accepted, accepted === undefined ? 'present' : 'absent')), {
			status: expected,
			connections,
		});
	});
}

test('zero STEK: a server without tickets, and one whose tickets name sessions', async t => {
	// SSL_OP_NO_TICKET of OpenSSL.
	const port = await serveTls(
		t,
		answering(() => ok),
		{secureOptions: 0x4000},
	);
	const of12 = aboutPort(port, ['TLSv1.2'], 'absent');
	t.like(await askPort(askZeroStek, port, of12), {status: 'inconclusive', connections: 2});
	const versions = {...of12.earlier.versions, 'TLSv1.3': {status: 'rejected'}} as unknown as EarlierFindings['versions'];
	t.like(await askPort(askZeroStek, port, {...of12, earlier: {...of12.earlier, versions}}), {status: 'not-applicable', connections: 2});
	t.like(await askPort(askZeroStek, port, aboutPort(port, ['TLSv1.3'], 'absent')), {status: 'absent', connections: 2});
});

test('zero STEK: servers that end the handshake leave it inconclusive', async t => {
	const port = await serveTls(
		t,
		answering(() => ok),
		{maxVersion: 'TLSv1.2'},
	);
	t.is((await askPort(askZeroStek, port, aboutPort(port, ['TLSv1.3']))).status, 'inconclusive');
});

/** As GnuTLS makes them: name, IV, length, state, HMAC-SHA-1. */
const gnutlsTicket = (key: Uint8Array): Buffer => {
	const body = Buffer.concat([Buffer.alloc(16), randomBytes(16), Buffer.of(0, 160), randomBytes(160)]);
	return Buffer.concat([body, createHmac('sha1', key).update(body).digest()]);
};

test('The ticket of GnuTLS 3.6.13 is opened by zeros, and one with another key or a changed byte is not', t => {
	t.is(keyOf(gnutlsTicket(Buffer.alloc(16)))?.name, 'zeros');
	t.is(keyOf(gnutlsTicket(randomBytes(16))), undefined);
	const changed = gnutlsTicket(Buffer.alloc(16));
	changed[40]! ^= 1;
	t.is(keyOf(changed), undefined);
	for (const length of [0, 16, 48, 67, 68]) {
		t.is(keyOf(new Uint8Array(length)), undefined);
	}
});

const page = (fields: string, status = '200 OK'): string => `HTTP/1.1 ${status}\r\n${fields}Content-Length: 0\r\n\r\n`;

for (const [title, answer, expected] of [
	['a compressed page', page('Content-Encoding: gzip\r\n'), 'inconclusive'],
	['a page in another coding, after one that changes nothing', page('content-encoding: identity, BR\r\n'), 'inconclusive'],
	['a page that is not compressed', page(''), 'absent'],
	['a page that names the coding identity', page('Content-Encoding: identity\r\n'), 'absent'],
	['a redirect', page('Location: /x\r\n', '302 Found'), 'inconclusive'],
	['an error', page('', '404 Not Found'), 'inconclusive'],
	['a compressed error', page('Content-Encoding: zstd\r\n', '404 Not Found'), 'inconclusive'],
	['another protocol', '220 mail.example.com ESMTP\r\n', 'not-applicable'],
	['a page without a head', '<html>hello</html>\r\n', 'inconclusive'],
	['text', 'hello\r\n', 'inconclusive'],
	['a close', '', 'inconclusive'],
] as const) {
	test(`BREACH: ${title} is ${expected}`, async t => {
		t.is(
			(
				await askPort(
					askBreach,
					await serveTls(
						t,
						answering(() => answer),
					),
				)
			).status,
			expected,
		);
	});
}

test('BREACH: compression is offered', async t => {
	let heard = '';
	const port = await serveTls(t, socket =>
		socket.on('data', bytes => {
			heard += bytes.toString('latin1');
			socket.end(ok);
		}),
	);
	await askPort(askBreach, port);
	t.regex(heard, /\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n/);
});

type Reply = string | Outcome;
const refused: Outcome = {kind: 'unreachable', stage: 'connect', code: 'ECONNREFUSED'};

/** Ask a port 80 that gives these replies in order, and then the last one again. */
function upgrade(replies: readonly Reply[], about: About = aboutPort(443)): {readonly found: Assessment; readonly sent: readonly string[]} {
	const conversation = askOpossum(about);
	const sent: string[] = [];
	let step = conversation.next([]);
	while (!step.done) {
		const [ask] = step.value;
		const [item] = ask!.records.turn.send;
		const reply = replies[Math.min(sent.length, replies.length - 1)]!;
		sent.push(item?.kind === 'bytes' ? Buffer.from(item.bytes, 'hex').toString('latin1') : '');
		step = conversation.next([answerOf(reply)]);
	}

	return {found: step.value, sent};
}

const answerOf = (reply: Reply): RecordsAnswer =>
	typeof reply === 'string'
		? {
				kind: 'turn',
				turn: {end: reply === '' ? 'closed' : 'until', sent: new Uint8Array(), received: Buffer.from(reply, 'latin1'), durationMs: 1},
				attempt: 0,
			}
		: {kind: 'not-reached', outcome: reply, attempt: 0};

const switching = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: TLS/1.0, HTTP/1.1\r\nConnection: Upgrade\r\n\r\n\x16\x03';
const offering = 'HTTP/1.1 200 OK\r\nUpgrade: TLS/1.0, HTTP/1.1\r\nContent-Length: 0\r\n\r\n';

for (const [title, replies, expected] of [
	['changes to TLS', [switching], 'present'],
	['offers TLS', [offering], 'present'],
	['demands it', ['HTTP/1.1 426 Upgrade Required\r\nUpgrade: TLS/1.2\r\n\r\n'], 'present'],
	['offers TLS, and then does not', [offering, ok], 'inconclusive'],
	['changes to TLS, and then closes', [switching, ''], 'inconclusive'],
	['redirects', ['HTTP/1.1 301 Moved\r\nLocation: https://localhost/\r\n\r\n'], 'absent'],
	['answers', [ok], 'absent'],
	['refuses', ['HTTP/1.1 400 Bad Request\r\n\r\n'], 'absent'],
	['offers HTTP/2', ['HTTP/1.1 200 OK\r\nUpgrade: h2,h2c\r\n\r\n'], 'absent'],
	['changes to another protocol', ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'], 'inconclusive'],
	['speaks of TLS in its page', ['HTTP/1.1 200 OK\r\nX-Upgrade: TLS/1.0\r\n\r\nUpgrade: TLS/1.0'], 'absent'],
	['speaks another protocol', ['220 mail.example.com ESMTP\r\n'], 'inconclusive'],
	['closes', [''], 'inconclusive'],
	['is closed', [refused], 'not-applicable'],
	['is not reached', [{kind: 'unreachable', stage: 'connect', code: 'ETIMEDOUT'}], 'inconclusive'],
] as const satisfies readonly (readonly [string, readonly Reply[], string])[]) {
	test(`Opossum: port 80 that ${title} is ${expected}`, t => {
		const {found, sent} = upgrade(replies);
		t.is(found.status, expected, found.message);
		t.is(sent.length, expected === 'present' || replies.length > 1 ? 2 : 1);
		t.regex(sent[0]!, /^GET \/ HTTP\/1\.1\r\nHost: localhost\r\n(?:.+\r\n)*Upgrade: TLS\/1\.0\r\nConnection: Upgrade\r\n\r\n$/);
	});
}

test('Opossum: port 80 is not asked for an endpoint on another port than 443', (t: ExecutionContext) => {
	for (const port of [8443, 993]) {
		t.like(upgrade([switching], aboutPort(port)), {found: {status: 'not-applicable'}, sent: []});
	}
});
