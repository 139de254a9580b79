import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import type {IncomingMessage} from 'node:http';
import https from 'node:https';
import {tmpdir} from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {startPeer} from '../helpers/one-peer.js';
import {cliPath, runCli} from '../helpers/run-cli.js';

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

test('a client is told in one line of JSON, its hello is kept, and what was kept can be replayed', async t => {
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
	const replayed = await runCli(['clients', target, '--client-hello', path.join(folder, files[0]!), '--json']);
	t.is(replayed.code, 0);
	const explained = await runCli(['explain', path.join(folder, files[0]!)]);
	t.regex(explained.stdout, /client_hello/);
});

test('a client is told in words, and nothing that it chose itself steers the terminal', async t => {
	const {port, ended} = await listen(t, ['--count', '1', '--answer', 'record', '--no-color']);
	const socket = tls.connect({port, host: '127.0.0.1', ALPNProtocols: ['\u001B[31mred'], rejectUnauthorized: false});
	socket.on('error', () => {});
	const {stdout} = await ended;
	t.regex(stdout, /^127\.0\.0\.1 port \d+ {2}\d{4}-/);
	t.regex(stdout, /offers +TLSv1\.2 and TLSv1\.3\n/);
	t.regex(stdout, /ALPN +\\x1b\[31mred\n/);
	t.regex(stdout, /would\s+take\s+it/);
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
	[['listen', 'example.com'], /listen waits for others/],
	[['listen', '--answer', 'maybe'], /--answer takes handshake, refuse or record/],
	[['listen', '--address', 'example.com'], /--address takes an IP address/],
	[['listen', '--port', '70000'], /--port takes a whole number/],
	[['listen', '--port', '0', '--address', '192.0.2.1'], /cannot listen on 192\.0\.2\.1 port 0: this machine has no such address/],
];

for (const [argv, words] of refusals) {
	test(`tlsprobe ${argv.join(' ')} is wrong usage`, async t => {
		const {code, stderr} = await runCli(argv);
		t.is(code, 2);
		t.regex(stderr, words);
	});
}
