import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import net from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {formatNames} from '../../source/formats/index.js';
import {inspectedName} from '../helpers/authority.js';
import {serveClear} from '../helpers/clear-server.js';
import {assertSafe, hiddenCharacters, hostileText, logCommands} from '../helpers/hostile.js';
import {type CliOptions, cliPath} from '../helpers/run-cli.js';
import {runInFolder} from '../helpers/run-in-folder.js';
import {runInProcess} from '../helpers/run-in-process.js';

async function makeFolder(t: ExecutionContext): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-hostile-'));
	t.teardown(() => rm(folder, {recursive: true, force: true}));
	return folder;
}

/** Annotations of ours. */
const own = /^::(?:error|warning|notice) title=[^:]*::/;

/** Runs a command, and holds both of its streams to what must not be in them. */
async function runSafely(t: ExecutionContext, argv: readonly string[], options: CliOptions = {}) {
	// Only a process can have a folder of its own to work in.
	const result = await (options.cwd === undefined ? runInProcess(argv, options) : runInFolder(argv, options));
	assertSafe(t, result.stdout, `stdout of ${argv.slice(0, 2).join(' ')}`, own);
	assertSafe(t, result.stderr, `stderr of ${argv.slice(0, 2).join(' ')}`);
	t.not(result.code, 70, result.stderr);
	return result;
}

/** What a line of a protocol can hold. */
const inLine = Buffer.from(hostileText.replaceAll(/[\0\r\n\ud800-\udfff\u2028\u2029]/g, '')).toString('latin1');

const mailServer = (t: ExecutionContext) => serveClear(t, ({say}) => say(`554 ${inLine}\r\n`));

for (const format of formatNames) {
	test(`${format}: what a server says is no command, on stdout, on stderr and in a file`, async t => {
		const {port} = await mailServer(t);
		const folder = await makeFolder(t);
		const file = path.join(folder, 'output.txt');
		const argv = ['--starttls', 'smtp', '--format', format, '--deadline', '10s'];
		const {stdout} = await runSafely(t, [`127.0.0.1:${port}`, ...argv]);
		t.true(stdout.length > 0);
		await runSafely(t, [`127.0.0.1:${port}`, ...argv, '--output', file]);
		assertSafe(t, await readFile(file, 'utf8'), format, own);
		const {stdout: listed} = await runSafely(t, ['--hosts', '-', ...argv], {
			input: `127.0.0.1:${port} note=${logCommands.join(' ')}\n127.0.0.1:${port}\n`,
		});
		t.true(listed.length > 0);
	});
}

test('what a server, a proxy and a certificate say is safe with --explain, --confirm and --json', async t => {
	const {port} = await mailServer(t);
	await runSafely(t, [`127.0.0.1:${port}`, '--starttls', 'smtp', '--explain']);
	const proxy = await serveClear(t, async ({say, hear}) => {
		await hear(/\r\n\r\n/);
		say(`HTTP/1.1 502 ${inLine}\r\n\r\n`);
	});
	const url = `http://127.0.0.1:${proxy.port}`;
	await runSafely(t, ['host.example', '--proxy', url]);
	await runSafely(t, ['host.example', '--proxy', url, '--json']);
	await runSafely(t, ['clients', 'host.example', '--client', 'curl', '--proxy', url]);
	await runSafely(t, ['clients', 'host.example', '--client', 'curl', '--proxy', url, '--json']);

	const {key, cert} = inspectedName('##vso[task.complete]', `O=${logCommands[0]}, CN=::error::\u009b31m\u202epwned`);
	const server = tls.createServer({key, cert}, socket => {
		socket.on('error', () => {});
		socket.once('data', () =>
			socket.end(Buffer.from(`HTTP/1.1 403 ${inLine}\r\nServer: ${inLine}\r\nContent-Length: 0\r\n\r\n`, 'latin1')),
		);
	});
	server.on('tlsClientError', () => {});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const target = `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
	for (const format of formatNames) {
		await runSafely(t, [target, '--confirm', '--format', format]);
	}

	await runSafely(t, [target, '--confirm', '--explain']);
	const resolve = `portal.azure.com:${target.split(':')[1]}:127.0.0.1`;
	await runSafely(t, [`portal.azure.com:${target.split(':')[1]}`, '--resolve', resolve, '--json']);
});

for (const argv of [[], ['--json']]) {
	test(`listen ${argv.join(' ')}: what a client chooses is safe`, async t => {
		const child = spawn(process.execPath, [cliPath, 'listen', '--port', '0', '--count', '2', '--answer', 'record', ...argv], {
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		t.teardown(() => child.kill('SIGKILL'));
		let stdout = '';
		child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
			stdout += chunk;
		});
		const ended = once(child, 'close');
		const [line] = (await once(child.stderr.setEncoding('utf8'), 'data')) as [string];
		const port = Number(/port (\d+)/.exec(line)![1]);
		const hello = tls.connect({
			port,
			host: '127.0.0.1',
			servername: 'x',
			ALPNProtocols: [...logCommands, '\u009b31m\u202e'],
			rejectUnauthorized: false,
		});
		hello.on('error', () => {});
		const other = net.connect(port, '127.0.0.1', () => other.end(`GET ${hostileText}\r\n\r\n`));
		other.on('error', () => {});
		t.teardown(() => hello.destroy());
		await ended;
		t.true(stdout.length > 0);
		assertSafe(t, stdout, 'listen');
	});
}

const name = hiddenCharacters
	.filter(character => !/[\0\ud800-\udfff]/.test(character))
	.concat(...logCommands.map(command => command.replaceAll('/', '')))
	.join(' ');

test('names of files, options and what files hold are safe on stderr', async t => {
	const folder = await makeFolder(t);
	const inFolder = (text: string): string => path.join(folder, text);
	const result = {
		target: `${hostileText}:443`,
		...{host: hostileText, port: 443, address: '192.0.2.1', serverName: hostileText, starttls: hostileText, verdict: 'pass'},
		versions: {'TLSv1.2': {status: 'accepted', reason: 'server-hello', durationMs: 1, shape: 'short', attempts: 1}},
		certificate: {sha256: 'aa'.repeat(32), subject: hostileText, issuer: hostileText},
		...{startedAt: '2026-03-02T09:30:00.000Z', durationMs: 1, toolVersion: '0.1.0'},
	};
	const changed = {...result, certificate: {sha256: 'bb'.repeat(32), subject: `${hostileText}2`, issuer: 'x'}};
	await writeFile(inFolder('old.jsonl'), `${JSON.stringify(result)}\n`);
	await writeFile(inFolder('new.jsonl'), `${JSON.stringify(changed)}\n`);
	const policies = {
		policies: {[hostileText]: {extends: hostileText}},
		endpoints: [{target: hostileText, expect: hostileText, [hostileText]: 1}],
	};
	await writeFile(inFolder('check.json'), JSON.stringify(policies));
	await writeFile(inFolder('nginx.conf'), `events {}\nhttp { server { listen 443 ssl; ssl_protocols "${hostileText}"; } }\n`);
	const catalog = {name: hostileText, title: hostileText, entries: [{service: hostileText, hosts: ['{x}.example.com'], note: hostileText}]};
	await writeFile(inFolder('catalog.json'), JSON.stringify(catalog));
	await writeFile(
		inFolder('machine.reg'),
		`Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\${hostileText}]\r\n"${hostileText}"=x\r\n`,
	);
	const commands: readonly (readonly string[])[] = [
		['diff', inFolder('old.jsonl'), inFolder('new.jsonl')],
		['diff', inFolder('old.jsonl'), inFolder('new.jsonl'), '--json'],
		['diff', inFolder('old.jsonl')],
		['check', inFolder('check.json')],
		['check', '--config', inFolder('nginx.conf')],
		['catalog', inFolder('catalog.json')],
		['catalog', inFolder('catalog.json'), '--json'],
		['--catalog', inFolder('catalog.json')],
		['windows', inFolder('machine.reg'), '--os', '2012'],
		['windows', inFolder('machine.reg'), '--os', '2012', '--json'],
		...[
			['diff', name],
			['check', name],
			['explain', name],
			['windows', name],
			['catalog', `${name}.json`],
			['check', '--config', name],
		],
		...[
			['--hosts', name],
			['--output', name, 'x'],
			[`--${name}`],
			[name],
			['--resolve', name, 'x'],
			['--timeout', name, 'x'],
			['--servername', name, 'x'],
		],
		...[
			['--proxy', name, 'x'],
			['--starttls', name, 'x'],
			['--format', name, 'x'],
			['clients', '--client', name, 'x'],
			['listen', '--answer', name],
		],
		...[
			['lab', '--peer', name],
			['--format', 'nagios', '--timeout', name, 'x'],
		],
	];
	for (const argv of commands) {
		await runSafely(t, argv, argv.includes('--output') ? {cwd: folder} : {});
	}

	await runSafely(t, ['--hosts', '-'], {input: `${hostileText}\n${logCommands.join('\n')}\n`});
	await runSafely(t, ['explain', '-'], {input: Buffer.from(`\x16\x03\x01\x00\xff##[error]${hostileText}`, 'latin1')});
	t.deepEqual((await readdir(folder)).length, 6);
});

const urls: readonly string[] = [
	'http://user:hunter2@proxy.example.com:3128',
	'https://hunter2@example.com/x',
	'socks5://user:hun ter2 hunter2@proxy:1080',
	'user:hunter2@proxy.example.com',
	'http://us"er:hunter2@proxy.example.com:3128',
];

for (const url of urls) {
	test(`${url} is said back without its login, wherever it is typed`, async t => {
		const folder = await makeFolder(t);
		const file = path.join(folder, 'check.json');
		await writeFile(file, JSON.stringify({endpoints: [{target: '127.0.0.1:1', name: url}]}));
		const commands: readonly (readonly string[])[] = [
			...[
				['--resolve', url, 'x'],
				['--servername', url, 'x'],
				['--hosts', url],
				['--output', url, 'x'],
				['check', '--config', url],
				['check', url],
			],
			...[
				['--timeout', url, 'x'],
				['--dns', url, 'x'],
				['--source', url, 'x'],
				['--versions', url, 'x'],
				['diff', url],
				['explain', url],
			],
			...[
				['--catalog', url],
				['listen', '--address', url],
				['clients', '--client', url, 'x'],
				['--format', 'nagios', '--timeout', url, 'x'],
			],
			['check', file],
		];
		for (const argv of commands) {
			const {stdout, stderr} = await (argv.includes('--output') ? runInFolder(argv, {cwd: folder}) : runInProcess(argv));
			t.notRegex(stdout + stderr, /hunter2/, argv.join(' '));
		}
	});
}

test('a proxy that says a part of the password back is not repeated', async t => {
	const proxy = await serveClear(t, async ({say, hear}) => {
		await hear(/\r\n\r\n/);
		say('HTTP/1.1 407 wrong password: correcthorsebatter\r\n\r\n');
	});
	const {stdout} = await runInProcess(['host.example', '--proxy', `http://user:correcthorsebattery@127.0.0.1:${proxy.port}`]);
	t.regex(stdout, /wrong password/);
	t.notRegex(stdout, /correct|horse|batter/);
});
