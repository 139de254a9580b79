import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import type {IncomingMessage} from 'node:http';
import https from 'node:https';
import net from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {startPeer} from '../helpers/one-peer.js';
import {cliPath} from '../helpers/run-cli.js';
import {runInProcess} from '../helpers/run-in-process.js';

type Listening = {readonly port: number; readonly ended: Promise<{code: number | null; stdout: string}>; interrupt(): void};

/** Start the command, and wait until it says where it listens. */
async function listen(t: ExecutionContext, argv: readonly string[]): Promise<Listening> {
	const child = spawn(process.execPath, [cliPath, 'listen', '--port', '0', ...argv], {stdio: ['ignore', 'pipe', 'pipe']});
	t.teardown(() => child.kill('SIGKILL'));
	let stdout = '';
	let stderr = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		stdout += chunk;
	});
	const ended = once(child, 'close').then(([code]) => ({code: code as number | null, stdout}));
	for await (const chunk of child.stderr.setEncoding('utf8')) {
		stderr += chunk;
		const port = /port (\d+)\n/.exec(stderr)?.[1];
		if (port !== undefined) {
			return {port: Number(port), ended, interrupt: () => child.kill('SIGINT')};
		}
	}

	throw new Error(`it does not listen: ${stderr}`);
}

const connect = (t: ExecutionContext, port: number, servername: string): void => {
	const socket = tls.connect({port, host: '127.0.0.1', servername, rejectUnauthorized: false, minVersion: 'TLSv1.2'});
	socket.on('error', () => {});
	t.teardown(() => socket.destroy());
};

test('a client is reported in one line of JSON, its hello is kept, and what was kept can be replayed', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-listen-'));
	t.teardown(() => rm(folder, {recursive: true, force: true}));
	const {port, ended} = await listen(t, ['--count', '1', '--json', '--save', folder]);
	connect(t, port, 'client.example');
	const {code, stdout} = await ended;
	t.is(code, 0);
	const line = JSON.parse(stdout) as Record<string, unknown>;
	t.like(line, {
		kind: 'hello',
		format: 'tls',
		versions: ['TLSv1.2', 'TLSv1.3'],
		serverName: 'client.example',
		tls12: {isTaken: true},
		handshake: {kind: 'finished', version: 'TLSv1.3'},
	});
	t.regex(String(line.ja4), /^t13d\d{4}00_[\da-f]{12}_[\da-f]{12}$/);
	const files = await readdir(folder);
	t.is(files.length, 1);
	const target = await startPeer(t, 'compliant');
	const replayed = await runInProcess(['clients', target, '--client-hello', path.join(folder, files[0]!), '--json']);
	t.is(replayed.code, 0);
	const explained = await runInProcess(['explain', path.join(folder, files[0]!)]);
	t.regex(explained.stdout, /client_hello/);
});

test('a client is reported in words, and nothing that it chose itself steers the terminal', async t => {
	const {port, ended} = await listen(t, ['--count', '1', '--answer', 'record', '--no-color']);
	const socket = tls.connect({port, host: '127.0.0.1', ALPNProtocols: ['\u001B[31mred'], rejectUnauthorized: false});
	socket.on('error', () => {});
	const {stdout} = await ended;
	t.regex(stdout, /^127\.0\.0\.1 port \d+ {2}\d{4}-/);
	t.regex(stdout, /offers +TLSv1\.2 and TLSv1\.3\n/);
	t.regex(stdout, /ALPN +\\x1b\[31mred\n/);
	t.regex(stdout, /would\s+accept\s+it/);
	t.notRegex(stdout, /\u001B/);
});

test('the last client that is waited for still reads its answer', async t => {
	const {port, ended} = await listen(t, ['--count', '1']);
	const [response] = (await once(https.get({port, host: '127.0.0.1', rejectUnauthorized: false, agent: false}), 'response')) as [
		IncomingMessage,
	];
	let text = '';
	for await (const chunk of response.setEncoding('utf8')) {
		text += chunk;
	}

	t.is(text, 'tlsprobe listen: your hello is recorded\n');
	t.is((await ended).code, 0);
});

test('Ctrl-C ends it in good order', async t => {
	const {ended, interrupt} = await listen(t, []);
	interrupt();
	t.like(await ended, {code: 0, stdout: ''});
});

const refusals: readonly (readonly [argv: readonly string[], words: RegExp])[] = [
	[['listen', 'example.com'], /listen waits for clients/],
	[['listen', '--answer', 'maybe'], /--answer takes handshake, refuse or record/],
	[['listen', '--address', 'example.com'], /--address takes an IP address/],
	[['listen', '--port', '70000'], /--port takes a whole number/],
	[['listen', '--port', '0', '--address', '192.0.2.1'], /cannot listen on 192\.0\.2\.1 port 0: this machine has no such address/],
];

for (const [argv, words] of refusals) {
	test(`tlsprobe ${argv.join(' ')} is wrong usage`, async t => {
		const {code, stderr} = await runInProcess(argv);
		t.is(code, 2);
		t.regex(stderr, words);
	});
}

test('where no reader takes the output, clients are refused and counted, and Ctrl-C still ends it', async t => {
	const argv = ['listen', '--port', '0', '--answer', 'refuse', '--max-clients', '4', '--json'];
	const child = spawn(process.execPath, [cliPath, ...argv], {stdio: ['ignore', 'pipe', 'pipe']});
	t.teardown(() => child.kill('SIGKILL'));
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', chunk => {
		stderr += chunk;
	});
	while (!stderr.includes('\n')) {
		await once(child.stderr, 'data');
	}

	const port = Number(/port (\d+)/.exec(stderr)![1]);
	let served = 0;
	while (await isAnswered(port)) {
		served += 1;
	}

	// What a pipe and the streams hold, and the places.
	t.true(served < 40, `${served} clients`);
	child.kill('SIGINT');
	// A pipe that is never read is never closed.
	const [code] = await once(child, 'exit');
	t.is(code, 0);
	child.stdout.resume();
	t.regex(stderr, /tlsprobe: connections closed without an answer: 1;/);
	t.regex(stderr, /tlsprobe: clients missing from the output, because it was not read: \d+/);
});

/** A client with a long hello, whose description is long. Whether it gets an alert. */
async function isAnswered(port: number): Promise<boolean> {
	const suites = Buffer.alloc(40_000);
	for (let index = 0; index < suites.length; index += 2) {
		suites.writeUInt16BE(0x1400 + index / 2, index);
	}

	const number = (value: number, size: number): Buffer => {
		const bytes = Buffer.alloc(size);
		bytes.writeUIntBE(value, 0, size);
		return bytes;
	};
	const body = Buffer.concat([number(0x0303, 2), Buffer.alloc(32, 7), number(0, 1), number(suites.length, 2), suites, Buffer.from([1, 0])]);
	const message = Buffer.concat([Buffer.from([1]), number(body.length, 3), body]);
	const records: Buffer[] = [];
	for (let offset = 0; offset < message.length; offset += 16_000) {
		const part = message.subarray(offset, offset + 16_000);
		records.push(Buffer.from([0x16, 3, 1]), number(part.length, 2), part);
	}

	const socket = net.connect(port, '127.0.0.1');
	socket.on('error', () => {});
	socket.write(Buffer.concat(records));
	let received = 0;
	socket.on('data', bytes => {
		received += bytes.length;
	});
	await new Promise(resolve => socket.once('close', resolve));
	return received > 0;
}

test('a port that is in use is said so, in one line', async t => {
	const server = net.createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const {port} = server.address() as net.AddressInfo;
	const {code, stdout, stderr} = await runInProcess(['listen', '--port', String(port)]);
	t.is(code, 2);
	t.is(stdout, '');
	t.is(
		stderr,
		`tlsprobe: cannot listen on 127.0.0.1 port ${port}: another program is listening there; choose another port with --port, or --port 0 for any free port\n`,
	);
});
