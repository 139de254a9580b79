import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {onLinux, onPosix} from '../helpers/platforms.js';
import {cliPath, runCli} from '../helpers/run-cli.js';
import {startSilentServer} from '../helpers/tls-server.js';

const nobody = '127.0.0.1:1';

function folderFor(t: ExecutionContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-'));
	t.teardown(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

function start(t: ExecutionContext, argv: readonly string[], cwd?: string) {
	const child = spawn(process.execPath, [cliPath, ...argv], {cwd, stdio: ['pipe', 'pipe', 'pipe']});
	t.teardown(() => child.kill('SIGKILL'));
	child.stdin.on('error', () => {});
	const said = {stdout: '', stderr: ''};
	for (const name of ['stdout', 'stderr'] as const) {
		child[name].setEncoding('utf8').on('data', chunk => {
			said[name] += chunk;
		});
	}

	return Object.assign(
		child as ChildProcess & {stdin: NodeJS.WritableStream; stderr: NodeJS.ReadableStream; stdout: NodeJS.ReadableStream},
		{said},
	);
}

async function until(stream: NodeJS.ReadableStream, isThere: () => boolean): Promise<void> {
	while (!isThere()) {
		await once(stream, 'data');
	}
}

/** A module that is loaded before the command, in its other processes too. */
const withPreload = (folder: string, code: string): Record<string, string> => {
	const file = join(folder, 'preload.cjs');
	writeFileSync(file, code);
	return {NODE_OPTIONS: `--require=${file}`};
};

const endings = [
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const;

for (const [signal, expected] of endings) {
	onPosix(`${signal} lets what runs end, completes the files and ends with ${expected}`, async t => {
		const folder = folderFor(t);
		const server = await startSilentServer(t);
		writeFileSync(join(folder, 'hosts.txt'), `${server.target}\n`);
		const argv = ['--hosts', 'hosts.txt', '--output', 'r.html', '--output', 'r.jsonl', '--timeout', '100s', '--deadline', '100s'];
		const child = start(t, argv, folder);
		await server.connections(1);
		child.kill(signal);
		await until(child.stderr, () => child.said.stderr.includes('ending: 1 running'));
		server.release();
		t.deepEqual(await once(child, 'close'), [expected, null]);
		t.regex(child.said.stderr, /^ending: 1 running, press Ctrl-C again to stop immediately$/m);
		t.deepEqual(readdirSync(folder).toSorted(), ['hosts.txt', 'r.html', 'r.jsonl']);
		t.true(readFileSync(join(folder, 'r.html'), 'utf8').includes('1 inconclusive'));
	});

	onPosix(`${signal} twice ends at once with ${expected}, and leaves no temporary file`, async t => {
		const folder = folderFor(t);
		const server = await startSilentServer(t);
		writeFileSync(join(folder, 'hosts.txt'), `${server.target}\n`);
		writeFileSync(join(folder, 'r.html'), 'old');
		const argv = ['--hosts', 'hosts.txt', '--output', 'r.html', '--output', 'r.prom', '--timeout', '100s', '--deadline', '100s'];
		const child = start(t, argv, folder);
		await server.connections(1);
		child.kill(signal);
		await until(child.stderr, () => child.said.stderr.includes('ending: 1 running'));
		child.kill(signal);
		t.deepEqual(await once(child, 'close'), [expected, null]);
		t.deepEqual(readdirSync(folder).toSorted(), ['hosts.txt', 'r.html']);
		t.is(readFileSync(join(folder, 'r.html'), 'utf8'), 'old');
	});
}

onPosix('a thread that is stuck does not keep it: a pipe that nobody writes to', async t => {
	const folder = folderFor(t);
	const pipe = join(folder, 'pipe');
	t.is(spawnSync('mkfifo', [pipe]).status, 0);
	const server = await startSilentServer(t);
	const list = join(folder, 'hosts.txt');
	writeFileSync(list, `${server.target}\n`);
	const child = start(t, ['--hosts', list, '--hosts', pipe, '--timeout', '100s', '--deadline', '100s']);
	await server.connections(1);
	child.kill('SIGINT');
	await until(child.stderr, () => child.said.stderr.includes('ending: 1 running'));
	child.kill('SIGINT');
	// A shell shows both as 130.
	const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
	t.true(code === 130 || signal === 'SIGINT');
});

for (const argv of [
	['check', '-'],
	['windows', '-'],
	['explain', '-'],
	['diff', '-'],
	['clients', '--from', '-', nobody],
]) {
	onPosix(`${argv.join(' ')} ends on the first Ctrl-C`, async t => {
		const child = start(t, argv);
		// More than a pipe holds: when it is through, it is being read.
		await new Promise(resolve => child.stdin.write('#'.repeat(300_000), resolve));
		child.kill('SIGINT');
		t.deepEqual(await once(child, 'close'), [130, null]);
		t.is(child.said.stderr, '');
	});
}

onPosix('it ends with its answer where a name server is silent', async t => {
	const folder = folderFor(t);
	t.is(spawnSync('mkfifo', [join(folder, 'pipe')]).status, 0);
	// A look-up that occupies a thread of the system for ever, as one does for as long as a name server is silent.
	const environment = withPreload(
		folder,
		`const dns = require('node:dns');
		dns.lookup = () => require('node:fs').open(${JSON.stringify(join(folder, 'pipe'))}, 'r', () => {});
		dns.Resolver.prototype.resolve4 = dns.Resolver.prototype.resolve6 = () => {};`,
	);
	const briefly = ['--timeout', '1s', '--deadline', '1s'];
	const {code, stdout} = await runCli(['server.example.com', '--json', ...briefly], {environment});
	t.is(code, 3);
	t.is(JSON.parse(stdout).problem, 'ETIMEDOUT');
	const proxied = await runCli([nobody, '--proxy', 'http://proxy.example.com:3128', '--json', ...briefly], {environment});
	t.is(proxied.code, 3);
	const written = await runCli(['check', '--init', 'server.example.com', ...briefly], {environment, cwd: folder});
	t.is(written.code, 0);
	t.true(existsSync(join(folder, 'tlsprobe.yaml')));
});

test('a name that only the other process can look up is found', async t => {
	const environment = withPreload(
		folderFor(t),
		`const dns = require('node:dns');
		dns.lookup = (host, options, done) => done(null, [{address: '127.0.0.1', family: 4}]);
		dns.Resolver.prototype.resolve4 = dns.Resolver.prototype.resolve6 = () => {};`,
	);
	const {stdout} = await runCli(['server.example.com:1', '--json', '--timeout', '20s'], {environment});
	t.is(JSON.parse(stdout).address, '127.0.0.1');
});

test('it never ends with 0 before its work is done', async t => {
	const folder = folderFor(t);
	writeFileSync(join(folder, 'hosts.txt'), nobody);
	const environment = withPreload(
		folder,
		"require('node:fs').createReadStream = () => new (require('node:stream').Readable)({read() {}});",
	);
	const {code, stderr} = await runCli(['--hosts', 'hosts.txt', '--json'], {environment, cwd: folder});
	t.is(code, 70);
	t.regex(stderr, /this is a bug.*\n.*nothing is left to wait for, but the work is not done/);
});

onLinux('at a terminal, a silent host shows a sign of life, which is gone when the result is there', async t => {
	const server = await startSilentServer(t);
	const command = [process.execPath, cliPath, '--timeout', '3s', '--deadline', '3s', server.target].map(item => `'${item}'`).join(' ');
	const child = spawn('script', ['-qec', command, '/dev/null'], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: {PATH: process.env.PATH, LANG: 'C.UTF-8', TERM: 'xterm', NO_COLOR: '1'},
	});
	let shown = '';
	child.stdout.setEncoding('utf8').on('data', chunk => {
		shown += chunk;
	});
	await once(child, 'close');
	t.true(shown.includes(`waiting for ${server.target}, 1 s`));
	const [last] = shown.split('\r\u001B[2K').slice(-1);
	t.true(last!.startsWith(server.target));
	t.false(last!.includes('waiting'));
});
