import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import https from 'node:https';
import net, {type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {toHex} from '../../source/bytes/hex.js';
import {localhostCertificate} from '../../source/bytes/localhost-certificate.js';
import {findClients} from '../../source/clients/find-clients.js';
import {helloOf} from '../../source/clients/hello-of.js';
import {buildHello} from '../../source/exchange/build-hello.js';
import {peers} from '../../source/lab/peers/index.js';
import {startStandIn} from '../../source/lab/stand-in.js';
import {startLab} from '../../source/lab/start-lab.js';
import {startNameServer} from '../helpers/name-server.js';
import {startPeer} from '../helpers/one-peer.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {runInProcess} from '../helpers/run-in-process.js';

type Line = {
	readonly clients: readonly {
		readonly client: string;
		readonly connects: string;
		readonly missing?: readonly string[];
		readonly because: string;
		readonly notKnown?: readonly string[];
		readonly confidence?: string;
		readonly remedy?: readonly {readonly kind: string; readonly command: string}[];
	}[];
};

const parse = (text: string): Line => JSON.parse(text) as Line;

async function temporaryFolder(t: ExecutionContext): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-clients-'));
	t.teardown(() => rm(folder, {recursive: true, force: true}));
	return folder;
}

test('every client is tried on a server of TLS 1.2 and 1.3, and those of TLS 1.0 fail', async t => {
	const target = await startPeer(t, 'compliant');
	const {code, stdout, stderr} = await runInProcess(['clients', target, '--json']);
	t.is(stderr, '');
	t.is(code, 1);
	const {clients} = parse(stdout);
	t.true(clients.length > 80);
	t.deepEqual([...new Set(clients.map(({connects}) => connects))].toSorted(), ['no', 'yes']);
	const mars = clients.find(({client}) => client === 'mars-agent-windows-server-2012');
	t.like(mars, {
		connects: 'no',
		missing: ['version'],
		because: 'no version in common: the client accepts SSL 3 and TLS 1.0, the server TLS 1.2 and TLS 1.3 (derived)',
	});
	t.is(clients.find(({client}) => client === 'mars-agent-windows-server-2012-fixed')?.connects, 'yes');
});

test('a client by name, in words', async t => {
	const target = await startPeer(t, 'compliant');
	const {code, stdout} = await runInProcess(['clients', target, '--client', 'windows-server-2022']);
	t.is(code, 0);
	t.is(
		stdout,
		`${target}  127.0.0.1  no name\nconnects   Windows Server 2022, Windows 11 21H2\n           TLSv1.3, TLS_AES_256_GCM_SHA384, x25519\n1 of 1 would connect, 0 would not. Issuers, names and dates were not judged.\n`,
	);
});

test('the server that only has ECDHE-RSA with GCM leaves Windows Server 2012 R2 out', async t => {
	const server = https.createServer({...localhostCertificate(), maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES256-GCM-SHA384'});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const target = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	const {code, stdout} = await runInProcess(['clients', target, '--client', 'windows-server-2012-r2', '--json']);
	t.is(code, 1);
	t.like(parse(stdout).clients[0], {
		connects: 'no',
		missing: ['cipher-suite'],
		because:
			'TLS 1.2 is accepted, but Windows Server 2012 R2, Windows 8.1 shares no cipher suite with it: the server accepts only TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
	});
});

test('a port without a listener decides nothing', async t => {
	const {code, stdout} = await runInProcess(['clients', '127.0.0.1:1', '--client', 'java-17', '--json']);
	t.is(code, 3);
	t.is(parse(stdout).clients[0]?.connects, 'undecided');
});

test('a silent server decides nothing', async t => {
	const target = await startPeer(t, 'silent');
	const {code, stdout} = await runInProcess(['clients', target, '--client', 'java-17', '--timeout', '200ms', '--json']);
	t.is(code, 3);
	t.is(parse(stdout).clients[0]?.connects, 'undecided');
});

test('a recorded hello is replayed from hexadecimal text and from raw bytes', async t => {
	const target = await startPeer(t, 'compliant');
	const folder = await temporaryFolder(t);
	const {bytes} = buildHello(helloOf(findClients('go')[0]!, 'elsewhere.example'), size => new Uint8Array(size).fill(1));
	await writeFile(path.join(folder, 'text.hex'), `${toHex(bytes)}\n`);
	await writeFile(path.join(folder, 'raw.bin'), bytes);
	const {code, stdout} = await runInProcess([
		'clients',
		target,
		'--json',
		'--client-hello',
		path.join(folder, 'text.hex'),
		'--client-hello',
		path.join(folder, 'raw.bin'),
	]);
	t.is(code, 0);
	t.deepEqual(
		parse(stdout).clients.map(({client, connects}) => `${client} ${connects}`),
		['text yes', 'raw yes'],
	);
});

test('the report on a Windows machine becomes its clients: what fails, what connects, and why', async t => {
	const target = await startPeer(t, 'compliant');
	const folder = await temporaryFolder(t);
	const report = await runInProcess(['windows', '--os', 'Windows Server 2016', '--json']);
	const file = path.join(folder, 'windows.json');
	await writeFile(file, report.stdout);
	const {code, stdout} = await runInProcess(['clients', target, '--from', file, '--json']);
	t.is(code, 1);
	const found = Object.fromEntries(parse(stdout).clients.map(({client, connects}) => [client, connects]));
	const reaches = (JSON.parse(report.stdout) as {clients: {client: string; bits?: number; reachesTls12: string}[]}).clients;
	t.deepEqual(
		found,
		Object.fromEntries(reaches.map(({client, bits, reachesTls12}) => [bits === undefined ? client : `${client}-${bits}`, reachesTls12])),
	);
});

test('what fails comes with what the report says would change that, for its version alone', async t => {
	const folder = await temporaryFolder(t);
	const file = path.join(folder, 'windows.json');
	await writeFile(file, (await runInProcess(['windows', '--os', 'Windows Server 2012', '--json'])).stdout);
	const target = await startPeer(t, 'compliant');
	const text = await runInProcess(['clients', target, '--from', file]);
	const [, todo] = text.stdout.split('What would change that\n');
	t.deepEqual(
		todo!.split('\n').filter(line => line.startsWith('  install')),
		['  install KB3154519', '  install KB3140245'],
	);
	t.regex(todo!, /^ {2}reg add ".*v4\.0\.30319" \/v SchUseStrongCrypto \/t REG_DWORD \/d 1 \/f \/reg:64$/m);
	const {stdout} = await runInProcess(['clients', target, '--from', '-', '--json'], {input: await readFile(file)});
	const byName = new Map(parse(stdout).clients.map(item => [item.client, item]));
	t.is(byName.get('mars-agent-64')!.remedy![0]!.kind, 'update');
	t.is(byName.get('dotnet-4.6-64')!.remedy, undefined);
});

test('clients are tried on a catalog, through a proxy', async t => {
	const lab = await startLab(peers.filter(({name}) => name === 'compliant'));
	const proxy = await startStandIn(lab);
	t.teardown(proxy.close);
	t.teardown(lab.close);
	const argv = ['clients', '--catalog', 'azure-storage', '--account', 'mine', '--client', 'openssl-3.0', '--json'];
	const {code, stdout} = await runInProcess([...argv, '--proxy', proxy.url]);
	t.is(code, 0);
	const lines = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Line & {target: string; address: string | null});
	t.deepEqual(
		lines.map(({target, address, clients}) => [target.split('.')[1], address, clients[0]!.connects]),
		['blob', 'queue', 'table', 'file', 'dfs'].map(kind => [kind, null, 'yes']),
	);
	const env = await runInProcess([...argv, '--proxy', 'env'], {environment: {HTTPS_PROXY: proxy.url}});
	t.is(env.code, 0);
});

test('a name without an address is said in words, and in JSON by the code of the system', async t => {
	const {address} = await startNameServer(t, {'garbage.example': 'garbage'});
	const argv = ['clients', 'gone.example', 'garbage.example', '--client', 'java-17', '--dns', address];
	const {code, stdout} = await runInProcess(argv);
	t.is(code, 3);
	t.regex(stdout, /^gone\.example:443: there is no address to connect to: name not found\n/);
	t.regex(stdout, /^garbage\.example:443: there is no address to connect to: the name could not be\nlooked up \(\w+\)$/m);
	const [line] = (await runInProcess([...argv, '--json'])).stdout.split('\n');
	t.like(JSON.parse(line!), {target: 'gone.example:443', problem: 'ENOTFOUND'});
});

const refusals: readonly (readonly [argv: readonly string[], words: RegExp])[] = [
	[['clients'], /name a host/],
	[['clients', 'localhost', '--client', 'windows-server-2102'], /did you mean windows-server-2012\?/],
	[['clients', 'localhost', '--from', 'package.json'], /it is not a report about a Windows machine/],
	[['clients', 'localhost', '--from', 'README.md'], /it is not JSON/],
	[['clients', 'localhost', '--client-hello', 'package.json'], /--client-hello "package\.json": /],
	[['clients', 'localhost', '--client-hello', 'none'], /: there is no such file; it must be a flow/],
];

for (const [argv, words] of refusals) {
	test(`tlsprobe ${argv.join(' ')} is wrong usage`, async t => {
		const {code, stdout, stderr} = await runInProcess(argv);
		t.is(code, 2);
		t.is(stdout, '');
		t.regex(stderr, words);
	});
}

test('the list says of each client what it takes and where that is from', async t => {
	const {code, stdout} = await runInProcess(['clients', '--list']);
	t.is(code, 0);
	t.regex(
		stdout,
		/^windows-server-2012-r2\n {2}Windows Server 2012 R2, Windows 8\.1: SSLv3, .*TLSv1\.2\n {2}also windows-8\.1\n {2}confidence medium: the suite order/m,
	);
});

test('clients of OpenSSL 3 take no key exchange of TLS 1.0 and 1.1', async t => {
	const server = https.createServer({...localhostCertificate(), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0'});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const names = ['openssl-3.0', 'curl', 'node-20', 'java-8u161'].flatMap(name => ['--client', name]);
	const {code, stdout} = await runInProcess(['clients', `127.0.0.1:${(server.address() as AddressInfo).port}`, ...names, '--json']);
	t.is(code, 1);
	t.deepEqual(
		parse(stdout).clients.map(({client, connects, missing}) => [client, connects, missing]),
		[
			['openssl-3.0', 'no', ['signature']],
			['curl', 'no', ['signature']],
			['node-20', 'no', ['version']],
			['java-8u161', 'yes', undefined],
		],
	);
});

test('a certificate of TLS 1.3 is seen by a handshake, and what is not known of it is said', async t => {
	const server = https.createServer({...localhostCertificate(), minVersion: 'TLSv1.3'});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const target = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	const seen = await runInProcess(['clients', target, '--client', 'go', '--json']);
	t.like(parse(seen.stdout).clients[0], {connects: 'yes', notKnown: undefined, confidence: 'high'});

	// A server that answers one hello alone: the handshake that would show its certificate is cut off.
	const cut = net.createServer(socket => socket.once('data', bytes => (isOfGo(bytes) ? forward(socket, bytes, target) : socket.destroy())));
	cut.listen(0, '127.0.0.1');
	await once(cut, 'listening');
	t.teardown(() => cut.close());
	const unseen = await runInProcess(['clients', `127.0.0.1:${(cut.address() as AddressInfo).port}`, '--client', 'go', '--json']);
	const [go] = parse(unseen.stdout).clients;
	t.like(go, {connects: 'yes', notKnown: ['certificate'], confidence: 'medium'});
	t.regex(go!.because, /; not known: whether Go 1\.26 accepts the key and signature of the server's certificate, which was not seen/);
});

/** Of these clients only Go offers X25519MLKEM768 and two more of its kind. */
const isOfGo = (bytes: Buffer): boolean => bytes.includes(Buffer.of(0x11, 0xec, 0x11, 0xeb, 0x11, 0xed));

function forward(socket: net.Socket, bytes: Buffer, target: string): void {
	const upstream = net.connect(Number(target.split(':')[1]), '127.0.0.1', () => upstream.write(bytes));
	upstream.on('error', () => socket.destroy());
	socket.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
	upstream.pipe(socket);
}

test('an ECDSA certificate with GCM alone is taken by old Windows', async t => {
	const pem = readFileSync(fixture('ecdsa-p256'));
	const server = https.createServer({key: pem, cert: pem, maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384'});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const names = ['windows-server-2012-r2', 'windows-7-tls12', 'windows-server-2016'].flatMap(name => ['--client', name]);
	const {code, stdout} = await runInProcess(['clients', `127.0.0.1:${(server.address() as AddressInfo).port}`, ...names, '--json']);
	t.is(code, 0, stdout);
});

test('a server with RSA key exchange alone leaves Go out', async t => {
	const server = https.createServer({...localhostCertificate(), maxVersion: 'TLSv1.2', ciphers: 'AES256-GCM-SHA384:AES128-SHA'});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const target = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	const {stdout} = await runInProcess(['clients', target, '--client', 'go', '--client', 'chromium-156', '--client', 'curl', '--json']);
	t.deepEqual(
		parse(stdout).clients.map(({client, connects, missing}) => [client, connects, missing]),
		[
			['go', 'no', ['cipher-suite']],
			['chromium-156', 'yes', undefined],
			['curl', 'yes', undefined],
		],
	);
});

test('the list says what each client takes of an answer, and by what source', async t => {
	const {stdout} = await runInProcess(['clients', '--list']);
	t.regex(
		stdout,
		/\nopenssl-3\.0\n(?: .*\n)* {2}accepts renegotiation_info required, .*Diffie-Hellman of 2048 to 10000 bits, signatures of TLS 1\.0 and 1\.1 refused/,
	);
	const json = await runInProcess(['clients', '--list', '--json']);
	const profiles = json.stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as {name: string; limits?: {sources: readonly string[]}});
	t.true(profiles.find(({name}) => name === 'go')!.limits!.sources.length > 0);
});
