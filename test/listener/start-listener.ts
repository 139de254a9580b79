import {once} from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {toHex} from '../../source/bytes/hex.js';
import {localhostCertificate} from '../../source/bytes/localhost-certificate.js';
import {helloOf} from '../../source/clients/hello-of.js';
import {clientProfiles} from '../../source/clients/index.js';
import {findResemblance} from '../../source/clients/resemblance.js';
import {buildHello} from '../../source/exchange/build-hello.js';
import {readClientHello} from '../../source/exchange/read-client-hello.js';
import {type Listener, type ListenerOptions, type RecordedClient, startListener} from '../../source/listener/start-listener.js';

const bytesOf = (name: string): Uint8Array =>
	buildHello(helloOf(clientProfiles.find(profile => profile.name === name)!, 'example.com'), size => new Uint8Array(size).fill(9)).bytes;

type Running = {readonly listener: Listener; next(): Promise<RecordedClient>};

async function listen(t: ExecutionContext, options: Partial<ListenerOptions> = {}): Promise<Running> {
	const clients: RecordedClient[] = [];
	const waiting: ((client: RecordedClient) => void)[] = [];
	const listener = await startListener({
		address: '127.0.0.1',
		port: 0,
		answer: 'record',
		makeCertificate: localhostCertificate,
		timeoutMs: 20_000,
		mostClients: 256,
		onClient(client) {
			const wait = waiting.shift();
			if (wait === undefined) {
				clients.push(client);
			} else {
				wait(client);
			}

			return undefined;
		},
		...options,
	});
	t.teardown(() => listener.close());
	return {listener, next: () => (clients.length > 0 ? Promise.resolve(clients.shift()!) : new Promise(resolve => waiting.push(resolve)))};
}

async function connect(t: ExecutionContext, {listener}: Running): Promise<net.Socket> {
	const socket = net.connect(listener.port, '127.0.0.1');
	socket.on('error', () => {});
	t.teardown(() => socket.destroy());
	await once(socket, 'connect');
	return socket;
}

test('a hello that comes byte by byte, in records of a few bytes each, is one hello', async t => {
	const running = await listen(t);
	const socket = await connect(t, running);
	socket.setNoDelay(true);
	const message = bytesOf('java-17').subarray(5);
	for (let offset = 0; offset < message.length; offset += 7) {
		const part = message.subarray(offset, offset + 7);
		for (const byte of [0x16, 3, 3, 0, part.length, ...part]) {
			socket.write(Uint8Array.of(byte));
		}
	}

	const client = await running.next();
	t.is(
		client.kind === 'hello' ? toHex(Uint8Array.from(client.hello.cipherSuites)) : client.kind,
		toHex(Uint8Array.from(readClientHello(bytesOf('java-17')).cipherSuites)),
	);
});

const first: readonly (readonly [title: string, bytes: Uint8Array, expected: object])[] = [
	['the format of SSL 2', bytesOf('windows-xp-ie6'), {kind: 'hello'}],
	['a request of HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n'), {kind: 'garbage', protocol: 'http'}],
	['bytes without a meaning', Uint8Array.of(0, 1, 2, 3, 4, 5), {kind: 'garbage'}],
	['an alert', Uint8Array.of(0x15, 3, 1, 0, 2, 2, 40), {kind: 'garbage'}],
	['a message that is no ClientHello', Uint8Array.of(0x16, 3, 1, 0, 4, 2, 0, 0, 0), {kind: 'garbage'}],
	['a hello that breaks off inside', Uint8Array.of(0x16, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3), {kind: 'garbage'}],
	['a message longer than any hello', Uint8Array.of(0x16, 3, 1, 0, 4, 1, 0xff, 0xff, 0xff), {kind: 'garbage'}],
];

for (const [title, bytes, expected] of first) {
	test(`a client that begins with ${title} is recorded as what it is`, async t => {
		const running = await listen(t);
		(await connect(t, running)).write(bytes);
		const client = await running.next();
		t.like({kind: client.kind, protocol: client.kind === 'garbage' ? client.looksLike.protocol : undefined}, expected);
		t.is(toHex(client.bytes), toHex(Uint8Array.from(bytes)));
	});
}

test('a client that closes half-way, and one that says nothing at all, come to an end', async t => {
	const patient = await listen(t);
	(await connect(t, patient)).end(bytesOf('go').subarray(0, 50));
	t.like(await patient.next(), {kind: 'incomplete', because: 'closed'});
	const hasty = await listen(t, {timeoutMs: 50});
	const silent = await connect(t, hasty);
	t.like(await hasty.next(), {kind: 'incomplete', because: 'too-slow'});
	await once(silent.resume(), 'close');
});

test('a client that never ends its hello is cut off after 64 KiB', async t => {
	const running = await listen(t);
	const socket = await connect(t, running);
	// A message of 65,000 bytes in records of one byte each: six bytes of them for each of its own.
	socket.write(Uint8Array.of(0x16, 3, 1, 0, 4, 1, 0, 0xfd, 0xe8));
	socket.write(Buffer.concat(Array.from({length: 12_000}, () => Buffer.of(0x16, 3, 1, 0, 1, 0))));
	const client = await running.next();
	t.like(client, {kind: 'incomplete', because: 'too-long'});
	t.is(client.bytes.length, 65_536);
});

test('more clients at once than allowed are turned away, and those that are in go on', async t => {
	const running = await listen(t, {mostClients: 2});
	const sockets = [await connect(t, running), await connect(t, running)];
	const third = await connect(t, running);
	t.is((await running.next()).kind, 'turned-away');
	await once(third.resume(), 'close');
	for (const socket of sockets) {
		socket.write(bytesOf('go'));
		t.is((await running.next()).kind, 'hello');
	}
});

test('many clients at once are all recorded', async t => {
	const running = await listen(t);
	const sockets = await Promise.all(Array.from({length: 100}, () => connect(t, running)));
	for (const socket of sockets) {
		socket.write(bytesOf('python'));
	}

	const kinds = await Promise.all(sockets.map(async () => (await running.next()).kind));
	t.deepEqual(new Set(kinds), new Set(['hello']));
});

test('a refused client reads an alert', async t => {
	const running = await listen(t, {answer: 'refuse'});
	const socket = await connect(t, running);
	socket.write(bytesOf('go'));
	const [bytes] = (await once(socket, 'data')) as [Buffer];
	t.is(bytes.toString('hex'), '15030100020228');
	t.is((await running.next()).kind, 'hello');
});

test('a handshake is finished where one is asked for, and what stopped it is reported', async t => {
	const running = await listen(t, {answer: 'handshake'});
	const trusting = tls.connect({port: running.listener.port, host: '127.0.0.1', rejectUnauthorized: false, maxVersion: 'TLSv1.2'});
	trusting.on('error', () => {});
	t.teardown(() => trusting.destroy());
	t.like(await running.next(), {kind: 'hello', handshake: {kind: 'finished', version: 'TLSv1.2'}});
	(await connect(t, running)).write(bytesOf('windows-xp'));
	t.like(await running.next(), {kind: 'hello', handshake: {kind: 'failed'}});
});

for (const profile of clientProfiles) {
	test(`the hello of ${profile.name} is recognised`, t => {
		const hello = readClientHello(buildHello(helloOf(profile, 'a.example'), size => new Uint8Array(size).fill(3)).bytes);
		const found = findResemblance(hello, clientProfiles);
		t.true(found?.clients.includes(profile));
		t.deepEqual(found?.differences, []);
	});
}

test('a hello that differs is reported with the difference', t => {
	const java = helloOf(clientProfiles.find(({name}) => name === 'java-17')!, 'a.example');
	const changed = {...java, cipherSuites: java.cipherSuites.filter(code => code !== 0x13_03)};
	const found = findResemblance(readClientHello(buildHello(changed, size => new Uint8Array(size)).bytes), clientProfiles);
	t.deepEqual(
		found?.clients.map(({name}) => name),
		['java-17'],
	);
	t.deepEqual(found?.differences, ['cipher suites: without TLS_CHACHA20_POLY1305_SHA256']);
});

/** By a reset or in good order. */
const closed = (socket: net.Socket): Promise<void> => new Promise(resolve => socket.once('close', () => resolve()));

test('a client that finishes the handshake and says its request byte by byte leaves its place when its time is over', async t => {
	const running = await listen(t, {answer: 'handshake', mostClients: 1, timeoutMs: 3000});
	const slow = tls.connect({port: running.listener.port, host: '127.0.0.1', rejectUnauthorized: false});
	slow.on('error', () => {});
	await once(slow, 'secureConnect');
	t.like(await running.next(), {kind: 'hello', handshake: {kind: 'finished'}});
	const timer = setInterval(() => slow.write('G'), 50);
	t.teardown(() => clearInterval(timer));
	await closed(slow.resume());
	// The place is free when this side has seen the end, too.
	for (;;) {
		const next = await connect(t, running);
		next.write(bytesOf('go'));
		const {kind} = await running.next();
		if (kind === 'hello') {
			break;
		}

		t.is(kind, 'turned-away');
	}
});

test('a handshake that takes too long is reported as one', async t => {
	const running = await listen(t, {answer: 'handshake', timeoutMs: 3000});
	(await connect(t, running)).write(bytesOf('go'));
	t.like(await running.next(), {kind: 'hello', handshake: {kind: 'failed', code: 'ERR_TLS_HANDSHAKE_TIMEOUT'}});
});

test('clients that were not reported yet keep their places, so that no more are kept than there are places', async t => {
	const kinds: string[] = [];
	let tell = (): void => {};
	const isTold = new Promise<void>(resolve => {
		tell = resolve;
	});
	const running = await listen(t, {
		mostClients: 3,
		onClient(client) {
			kinds.push(client.kind);
			return client.kind === 'turned-away' ? undefined : isTold;
		},
	});
	const visit = async (): Promise<void> => {
		const socket = await connect(t, running);
		socket.write(bytesOf('go'));
		await closed(socket.resume());
	};
	for (let visits = 0; visits < 20; visits++) {
		await visit();
	}

	t.is(kinds.filter(kind => kind === 'hello').length, 3);
	t.is(kinds.filter(kind => kind === 'turned-away').length, 17);
	tell();
	await isTold;
	await visit();
	t.is(kinds.at(-1), 'hello');
});
