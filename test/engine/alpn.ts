import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import type {AddressInfo} from 'node:net';
import tls from 'node:tls';
import test from 'ava';
import {helloOf} from '../../source/clients/hello-of.js';
import {clientProfiles} from '../../source/clients/index.js';
import {readAlpn} from '../../source/commands/read-values.js';
import {defaultOptions} from '../../source/engine/probe-options.js';
import {probeTarget} from '../../source/engine/probe-target.js';
import {buildHello} from '../../source/exchange/build-hello.js';
import {readClientHello} from '../../source/exchange/read-client-hello.js';
import {withAlpn} from '../../source/exchange/with-alpn.js';
import {nextSteps} from '../../source/formats/advice.js';
import {endpointName} from '../../source/formats/endpoint.js';
import {answerInWords} from '../../source/formats/words.js';
import {requestProbe} from '../../source/probes/requests.js';
import {honest} from '../helpers/honest-server.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {alert, type Script} from '../helpers/script.js';
import {probePort, serve, summarizeReport} from '../helpers/scripted-server.js';

const modern = ['rejected alert protocol_version', 'rejected alert protocol_version', 'accepted server-hello', 'accepted server-hello'];

/** Refuses hellos that do not offer it, as a SQL Server with strict encryption does, and keeps what was offered. RFC 7301 §3.2. */
const wants = (protocol: string, seen: (readonly string[] | undefined)[] = []): Script => {
	const server = honest({versions: [0x03_03, 0x03_04]});
	return asked => {
		const {alpn} = readClientHello(asked.hello.bytes);
		seen.push(alpn);
		return alpn?.includes(protocol) ? server(asked) : alert(120);
	};
};

test('A server that wants an application protocol is decided with --alpn, and without it says what to do', async t => {
	const seen: (readonly string[] | undefined)[] = [];
	const {port} = await serve(t, wants('tds/8.0', seen));
	const [bare] = (await probePort(port)).recordings;
	t.deepEqual([...new Set(Object.values(bare.report.versions).map(summarizeReport))], ['inconclusive alert no_application_protocol']);
	t.regex(nextSteps({...bare.report, port: 1433}).join('\n'), /^the server requires an application protocol .* --alpn, such as tds\/8\.0$/);
	t.regex(nextSteps({...bare.report, port: 8883}).join('\n'), /such as mqtt$/);
	t.regex(nextSteps({...bare.report, port: 443}).join('\n'), /h2,http\/1\.1.*acme-tls\/1$/);
	seen.length = 0;
	const [given] = (await probePort(port, {alpn: ['mqtt', 'tds/8.0']})).recordings;
	t.deepEqual(Object.values(given.report.versions).map(summarizeReport), modern);
	t.true(seen.length >= 4);
	t.deepEqual([...new Set(seen.map(String))], ['mqtt,tds/8.0']);
	t.deepEqual(given.report.alpn, ['mqtt', 'tds/8.0']);
	t.true(endpointName(given.report).endsWith('ALPN mqtt,tds/8.0'));
	const [other] = (await probePort(port, {alpn: ['mqtt']})).recordings;
	t.regex(nextSteps({...other.report, port: 1433}).join('\n'), /^the server accepts none of .*\(mqtt\): try tds\/8\.0$/);
});

test('What was selected is reported where it is known: in the ServerHello up to TLS 1.2, and in a whole handshake', async t => {
	const pem = readFileSync(fixture('localhost'));
	const server = tls.createServer({key: pem, cert: pem, ALPNProtocols: ['mqtt'], minVersion: 'TLSv1.2'}, socket => {
		socket.on('error', () => {});
		socket.resume();
	});
	server.on('tlsClientError', () => {});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const {port} = server.address() as AddressInfo;
	const [{report}] = (await probePort(port, {alpn: ['x', 'mqtt'], confirms: true, versions: ['TLSv1.2', 'TLSv1.3']})).recordings;
	const {'TLSv1.2': older, 'TLSv1.3': newer} = report.versions;
	t.deepEqual([older!.applicationProtocol, older!.confirmed!.applicationProtocol], ['mqtt', 'mqtt']);
	t.deepEqual([newer!.applicationProtocol, newer!.confirmed!.applicationProtocol], [undefined, 'mqtt']);
	t.true(answerInWords(older!).endsWith(', ALPN mqtt'));
	// HTTP would be noise there.
	t.is(older!.confirmed!.answer, undefined);
});

test('A list, a check file and clients offer it too', async t => {
	const {port} = await serve(t, wants('x/1'));
	const place = `127.0.0.1:${port}`;
	const list = await runInProcess(['--hosts', '-', '--alpn', 'x/1', '--json'], {input: `${place}\n`});
	t.is(list.code, 0, list.stdout);
	const file = (alpn: string): string => JSON.stringify({defaults: {alpn: 'y'}, endpoints: [{target: place, alpn}]});
	t.is((await runInProcess(['check', '-'], {input: file('y, x/1')})).code, 0);
	t.is((await runInProcess(['check', '-'], {input: file('z')})).code, 3);
	const faulty = await runInProcess(['check', '-'], {input: file('h2,,')});
	t.is(faulty.code, 2);
	t.regex(faulty.stderr, /alpn takes protocol ids of 1 to 255 bytes, such as h2,http\/1\.1, not "h2,,"/);
	const clients = clientProfiles.filter(({name}) => name === 'java-8u161');
	const target = {target: place, host: '127.0.0.1', port};
	const asked = async (alpn?: readonly string[]) => {
		const {recordings} = await probeTarget(target, {
			...defaultOptions,
			probes: [requestProbe('clients', {clients})],
			alpn,
			toolVersion: 'test',
		});
		return recordings[0].scans?.[0]?.findings.clients?.clients.map(({connects}) => connects);
	};
	t.deepEqual(await asked(['x/1']), ['yes']);
	t.notDeepEqual(await asked(), ['yes']);
});

test('The hello of every client takes a list in the place of its own', t => {
	const random = (size: number): Uint8Array => new Uint8Array(size).fill(7);
	const protocols = ['mqtt', 'a'.repeat(255)];
	for (const client of clientProfiles) {
		const own = helloOf(client, 'example.com');
		const hello = withAlpn(own, protocols);
		t.is(withAlpn(own, protocols), hello);
		if (own.layout?.format === 'ssl2' || own.layout?.extensions === undefined) {
			continue;
		}

		const read = readClientHello(buildHello(hello, random).bytes);
		t.deepEqual(read.alpn, protocols, client.name);
		t.is(own.layout.extensions.at(-1)?.type === 0x00_29, hello.layout!.extensions!.at(-1)?.type === 0x00_29, client.name);
	}
});

for (const [text, expected] of [
	['h2,http/1.1', ['h2', 'http/1.1']],
	[' mqtt , mqtt', ['mqtt']],
	['a'.repeat(255), ['a'.repeat(255)]],
] as const) {
	test(`--alpn ${text.slice(0, 20)} is read`, t => t.deepEqual(readAlpn(text), expected));
}

for (const text of [
	'',
	',',
	'h2,',
	'a'.repeat(256),
	'h 2',
	'é',
	Array.from({length: 10}, (_, index) => `${index}${'a'.repeat(200)}`).join(),
]) {
	test(`--alpn ${JSON.stringify(text.slice(0, 20))} is wrong usage`, t => {
		t.throws(() => readAlpn(text), {name: 'UsageError', message: /^--alpn takes /});
	});
}
