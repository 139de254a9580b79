import {readFileSync} from 'node:fs';
import net from 'node:net';
import {performance} from 'node:perf_hooks';
import type tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {makeDeadline} from '../../source/engine/deadline.js';
import {openNetwork} from '../../source/engine/network.js';
import {runProbe} from '../../source/engine/run-probe.js';
import type {Attempt} from '../../source/probes/attempt.js';
import askClientRenegotiation from '../../source/probes/vulnerabilities/asking/ask-client-renegotiation.js';
import askInsecureRenegotiation from '../../source/probes/vulnerabilities/asking/ask-insecure-renegotiation.js';
import type {About, AskForVulnerability} from '../../source/probes/vulnerabilities/vulnerability.js';
import {contentType, splitRecords} from '../../source/wire/record.js';
import {listen, serveTls} from '../helpers/confirm.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {gnutlsPlan} from '../helpers/peers/plans/gnutls.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';
import {testBeside} from '../helpers/peers/real-server.js';

type Extension = 'present' | 'absent' | 'inconclusive';

/** @returns `status of connections: message`. */
async function ask(
	question: AskForVulnerability,
	port: number,
	secureRenegotiation: Extension = 'present',
	timeoutMs = 20_000,
): Promise<string> {
	const about = {
		target: {host: 'localhost', port, serverName: 'localhost', startTls: undefined, alpn: undefined, toolVersion: 'test'},
		earlier: {versions: {'TLSv1.2': {status: 'accepted'}}, extensions: {secureRenegotiation: {status: secureRenegotiation}}},
		attempts: [],
	} as unknown as About;
	const endpoint = {host: 'localhost', address: '127.0.0.1', port, serverName: 'localhost'};
	const network = await openNetwork(endpoint, {timeoutMs, deadline: makeDeadline(performance.now() + 100_000), isRecorded: false});
	const attempts: Attempt[] = [];
	const found = await runProbe(question(about), 'test', attempts, {network, limit: task => task(), retries: 0, sleep: async () => {}});
	return `${found.status} of ${attempts.length}: ${found.message}`;
}

const rsa = {key: readFileSync(fixture('rsa')), cert: readFileSync(fixture('rsa')), maxVersion: 'TLSv1.2'} as const;

test('A server that ends the connection after a few is limited, and one that does it only once is not known', async t => {
	for (const [most, expected] of [
		[() => 4, 'absent of 2: limited: renegotiated 3 times, then the connection closed'],
		[
			(connection: number) => (connection === 1 ? 4 : 100),
			'inconclusive of 2: renegotiated 3 times on one connection, and 10 times on another',
		],
	] as const) {
		let [connections, handshakes, current]: [number, number, tls.TLSSocket | undefined] = [0, 0, undefined];
		const play = (socket: tls.TLSSocket): void => {
			current = socket.resume();
			handshakes = 1;
			connections += 1;
		};
		const port = await serveTls(t, play, rsa, undefined, () => {
			handshakes += 1;
			if (current !== undefined && handshakes > most(connections)) {
				current.end();
			}
		});
		const found = await ask(askClientRenegotiation, port);
		t.regex(found, new RegExp(`^${expected.replace(/ 3 times.*/, ' [1-4] times')}`));
	}
});

// Node.js reports the fourth renegotiation within ten minutes as an error of the socket, and leaves it to the server to end the connection.
for (const [title, play, expected] of [
	[
		'passes over its warning',
		(socket: tls.TLSSocket) => void socket.resume(),
		/^present of 2: renegotiated 10 times on each of two connections$/,
	],
	[
		'ends the connection at its warning',
		(socket: tls.TLSSocket) => void socket.resume().on('error', () => socket.destroy()),
		/^absent of 2: limited: renegotiated [2-4] times, then the connection (?:closed|reset)$/,
	],
] as const) {
	test(`A server of Node.js that ${title}`, async t => {
		t.regex(await ask(askClientRenegotiation, await serveTls(t, play, rsa)), expected);
	});
}

test('A server that refuses by an alert', async t => {
	// SSL_OP_NO_RENEGOTIATION of OpenSSL.
	const port = await serveTls(t, socket => socket.resume(), {...rsa, secureOptions: 0x4000_0000});
	t.is(await ask(askClientRenegotiation, port), 'absent of 1: refused by alert no_renegotiation');
});

/** A server whose connection ends, by `play`, once the client wants to renegotiate. */
async function serveOnce(t: ExecutionContext, play: (socket: net.Socket) => void): Promise<number> {
	const behind = await serveTls(t, socket => socket.resume(), rsa);
	const front = net.createServer(client => {
		const server = net.connect(behind, '127.0.0.1').on('error', () => {});
		let received = Buffer.alloc(0);
		let encrypted = 0;
		let isEncrypted = false;
		server.pipe(client, {end: false});
		client.on('data', bytes => {
			const {records, consumed} = splitRecords(Buffer.concat([received, bytes]));
			received = Buffer.concat([received, bytes]).subarray(consumed);
			for (const {type} of records) {
				isEncrypted ||= type === contentType.changeCipherSpec;
				encrypted += isEncrypted && type === contentType.handshake ? 1 : 0;
			}

			// The first encrypted message is Finished, the second one a ClientHello.
			if (encrypted > 1) {
				play(client);
			} else {
				server.write(bytes);
			}
		});
		client.on('close', () => server.destroy());
	});
	return listen(t, front);
}

for (const [title, play] of [
	['closes', (socket: net.Socket) => socket.end()],
	['resets', (socket: net.Socket) => socket.resetAndDestroy()],
] as const) {
	test(`A server that ${title} at the second ClientHello is not known to refuse`, async t => {
		const port = await serveOnce(t, play);
		t.regex(await ask(askClientRenegotiation, port), /^inconclusive of 1: not renegotiated: the connection (?:closed|reset)$/);
	});
}

test('A server without the handshake is inconclusive, and so is one whose extension is not known', async t => {
	const port = await serveTls(t, socket => socket.resume(), {...rsa, minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3'});
	t.regex(await ask(askClientRenegotiation, port), /^inconclusive of 1: the first handshake is not done/);
	t.regex(await ask(askInsecureRenegotiation, port, 'inconclusive'), /^inconclusive of 0/);
	t.regex(await ask(askInsecureRenegotiation, port, 'present'), /^absent of 0/);
});

testBeside(
	{
		name: 'nginx',
		programs: ['nginx'],
		plan: nginxPlan(1, ([port]) => ({
			http: [`server { listen 127.0.0.1:${port} ssl; ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')}; }`],
		})),
	},
	'refuses to renegotiate',
	async (t, [port]) => void t.is(await ask(askClientRenegotiation, port!), 'absent of 1: refused by alert no_renegotiation'),
);

const insecure = async (t: ExecutionContext, port: number, expected: RegExp): Promise<void> =>
	void t.regex(await ask(askInsecureRenegotiation, port, 'absent', 3000), expected);

testBeside(
	{
		name: 'GnuTLS',
		programs: ['gnutls-serv'],
		plan: gnutlsPlan({priority: 'NORMAL:-VERS-TLS1.3:%UNSAFE_RENEGOTIATION:%DISABLE_SAFE_RENEGOTIATION'}),
	},
	'renegotiates without renegotiation_info',
	(t, [port]) => insecure(t, port!, /^present of 2: /),
);
