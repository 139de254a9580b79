import {readFileSync} from 'node:fs';
import net from 'node:net';
import type tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {requestProbe} from '../../source/probes/requests.js';
import type {FoundResumption, ResumptionFinding} from '../../source/probes/resumption/resumption-finding.js';
import {answering, listen, ok, serveTls} from '../helpers/confirm.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {gnutlsPlan} from '../helpers/peers/plans/gnutls.js';
import {goPlan} from '../helpers/peers/plans/go.js';
import {haproxyPlan} from '../helpers/peers/plans/haproxy.js';
import {javaKeys, javaPlan} from '../helpers/peers/plans/java.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {probePort} from '../helpers/scripted-server.js';

async function resumptionOf(port: number, more: Parameters<typeof probePort>[1] = {}): Promise<ResumptionFinding> {
	const {recordings} = await probePort(port, {host: 'localhost', probes: [requestProbe('resumption')], ...more});
	const [{report, attempts}] = recordings;
	const found = (report as unknown as {readonly resumption: ResumptionFinding}).resumption;
	if (attempts.filter(({probe}) => probe === 'resumption').length !== found.connections) {
		throw new Error('connections were not counted');
	}

	return found;
}

const inBrief = ({status, resumed, tries}: FoundResumption): string => (tries === 0 ? status : `${status} ${resumed}/${tries}`);

/** `session id, ticket, PSK, 0-RTT, downgrade sentinel`. */
const summary = ({sessionId, ticket, psk, earlyData, downgradeSentinel}: ResumptionFinding): string =>
	[inBrief(sessionId), inBrief(ticket), inBrief(psk), earlyData.status, downgradeSentinel.status].join(', ');

type Expected = readonly [title: string, expected: string];

async function finds(t: ExecutionContext, port: number, [title, expected]: Expected): Promise<ResumptionFinding> {
	const found = await resumptionOf(port);
	t.is(summary(found), expected, title);
	return found;
}

const pem = (name: string): string => readFileSync(fixture(name), 'utf8');
const rsa = {key: pem('rsa'), cert: pem('rsa'), ciphers: 'DEFAULT:@SECLEVEL=0'};

// Without a store, Node.js sends session ids that it does not resume.
for (const [title, options, expected] of [
	['its defaults', {}, 'absent 0/3, present 2/2, present 2/2, absent, present'],
	[
		'TLS 1.2 alone',
		{maxVersion: 'TLSv1.2', minVersion: 'TLSv1.2'},
		'absent 0/3, present 2/2, not-applicable, not-applicable, not-applicable',
	],
	['TLS 1.3 alone', {minVersion: 'TLSv1.3'}, 'not-applicable, not-applicable, present 2/2, absent, not-applicable'],
	// SSL_OP_NO_TICKET of OpenSSL: a ticket of TLS 1.3 is then the name of a session in a store, which is empty.
	['without tickets', {secureOptions: 0x4000}, 'absent 0/3, absent, absent 0/3, absent, present'],
] as const satisfies readonly (readonly [string, tls.TlsOptions, string])[]) {
	test(`OpenSSL in Node.js, ${title}`, async t => {
		await finds(
			t,
			await serveTls(
				t,
				answering(() => ok),
				{...rsa, ...options},
			),
			[title, expected],
		);
	});
}

/** A port whose connections go to these in turn. */
function inTurn(t: ExecutionContext, ports: readonly number[]): Promise<number> {
	let count = 0;
	const server = net.createServer(client => {
		const backend = net.connect(ports[count++ % ports.length]!, '127.0.0.1');
		client.on('error', () => backend.destroy()).on('close', () => backend.destroy());
		backend.on('error', () => client.destroy());
		client.pipe(backend).pipe(client);
	});
	return listen(t, server);
}

test('Two servers with different ticket keys behind one port: some of five tries resume', async t => {
	const backends = await Promise.all(
		[1, 2].map(() =>
			serveTls(
				t,
				answering(() => ok),
				{...rsa, minVersion: 'TLSv1.2'},
			),
		),
	);
	const {ticket, psk} = await resumptionOf(await inTurn(t, backends), {maxConnections: 1});
	for (const {status, resumed, tries} of [ticket, psk]) {
		t.is(status, 'present');
		t.is(tries, 5);
		t.true(resumed > 0 && resumed < 5, `${resumed}`);
	}
});

test('Tickets that come only after a request are found', async t => {
	const inner = await serveTls(
		t,
		answering(() => ok),
		{...rsa, minVersion: 'TLSv1.3'},
	);
	const port = await listen(
		t,
		net.createServer(client => {
			const backend = net.connect(inner, '127.0.0.1');
			client.on('error', () => backend.destroy()).on('close', () => backend.destroy());
			let [held, toServer]: [Buffer[], number] = [[], 0];
			const isHeld = (): boolean => toServer > 1 && !hasRequest;
			let hasRequest = false;
			client.on('data', bytes => {
				toServer += 1;
				// Finished is one record, perhaps after a change_cipher_spec. The request is longer than both.
				hasRequest ||= toServer > 1 && bytes.length > 120;
				backend.write(bytes);
				if (!isHeld()) {
					client.write(Buffer.concat(held));
					held = [];
				}
			});
			backend.on('data', bytes => void (isHeld() ? held.push(bytes) : client.write(bytes)));
			backend.on('end', () => client.end()).on('error', () => client.destroy());
		}),
	);
	await finds(t, port, ['after a request', 'not-applicable, not-applicable, present 2/2, absent, not-applicable']);
});

test('confirm has made the full handshakes: with it, two fewer are needed', async t => {
	const port = await serveTls(
		t,
		answering(() => ok),
		rsa,
	);
	const alone = await resumptionOf(port);
	const beside = await resumptionOf(port, {probes: [requestProbe('confirm'), requestProbe('resumption')]});
	t.is(alone.connections, 10);
	t.is(beside.connections, 8);
	t.is(summary(beside), summary(alone));
});

const nginx = [
	['tickets, no cache', '', 'absent, present 2/2, present 2/2, absent, present'],
	['tickets and a cache', 'ssl_session_cache shared:one:1m;', 'present 2/2, present 2/2, present 2/2, absent, present'],
	['a cache alone', 'ssl_session_tickets off; ssl_session_cache shared:two:1m;', 'present 2/2, absent, present 2/2, absent, present'],
	['nothing', 'ssl_session_tickets off;', 'absent, absent, absent 0/3, absent, present'],
	['a cache that holds nothing', 'ssl_session_cache none;', 'absent 0/3, present 2/2, present 2/2, absent, present'],
	['0-RTT', 'ssl_early_data on;', 'absent, present 2/2, present 2/2, present, present'],
] as const;

testBeside(
	{
		name: 'nginx',
		programs: ['nginx'],
		plan: nginxPlan(nginx.length, ports => ({
			http: [
				`ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')};`,
				...nginx.map(([, lines], index) => `server { listen 127.0.0.1:${ports[index]} ssl; ${lines} }`),
			],
		})),
	},
	'resumption on as many ports as there are configurations',
	async (t, ports) => {
		for (const [index, [title, , expected]] of nginx.entries()) {
			const {earlyData, ticket} = await finds(t, ports[index]!, [title, expected]);
			t.is(earlyData.maxBytes, title === '0-RTT' ? 16_384 : undefined);
			t.is(ticket.lifetimeSeconds, ticket.status === 'present' ? 300 : undefined);
		}
	},
);

testBeside(
	{
		name: 'OpenSSL',
		programs: ['openssl'],
		plan: {
			ports: 1,
			command: ([port]) => ({
				program: 'openssl',
				argv: ['s_server', '-accept', `${port}`, '-cert', fixture('rsa'), '-key', fixture('rsa'), '-quiet', '-early_data'],
			}),
		},
	},
	'0-RTT announced, with tickets that are taken once',
	async (t, [port]) => {
		// It does not answer requests.
		const found = await resumptionOf(port!, {timeoutMs: 3000});
		t.is(summary(found), 'present 2/2, present 2/2, present 2/2, present, present');
		t.is(found.earlyData.maxBytes, 16_384);
	},
);

const certificate = (name: string): string => `ssl crt ${name}`;
const haproxy = [
	['its defaults', '', 'present 2/2, present 2/2, present 2/2, absent, present'],
	['without tickets', 'no-tls-tickets', 'present 2/2, absent, present 2/2, absent, present'],
] as const;

testBeside(
	{
		name: 'HAProxy',
		programs: ['haproxy'],
		plan: haproxyPlan(
			haproxy.map(([, words]) => ({
				bind: `${certificate(fixture('rsa'))} ssl-min-ver TLSv1.2 ${words}`,
				frontend: ['http-request return status 200'],
			})),
		),
	},
	'resumption',
	async (t, ports) => {
		for (const [index, [title, , expected]] of haproxy.entries()) {
			await finds(t, ports[index]!, [title, expected]);
		}
	},
);

for (const [title, argv, expected] of [
	['its defaults', [], 'present 2/2, present 2/2, present 2/2, absent, present'],
	['without tickets', ['--noticket'], 'present 2/2, absent, absent, absent, present'],
	['0-RTT', ['--earlydata'], 'present 2/2, present 2/2, present 2/2, present, present'],
] as const) {
	testBeside(
		{name: 'GnuTLS', programs: ['gnutls-serv'], plan: gnutlsPlan({priority: 'NORMAL', argv})},
		`resumption, ${title}`,
		async (t, [port]) => void (await finds(t, port!, [title, expected])),
	);
}

testBeside(
	{name: 'Go', programs: ['go'], plan: goPlan([{settings: {Min: 0x03_03}}])},
	'resumption',
	async (t, [port]) => void (await finds(t, port!, ['its defaults', 'absent, present 2/2, present 2/2, absent, present'])),
);

testBeside(
	{name: 'Java', programs: ['java'], plan: javaPlan([{settings: `${javaKeys.rsa} protocols=TLSv1.2,TLSv1.3`}])},
	'resumption',
	async (t, [port]) => void (await finds(t, port!, ['its defaults', 'present 2/2, present 2/2, present 2/2, absent, present'])),
);
