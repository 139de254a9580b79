import {spawn} from 'node:child_process';
import {once} from 'node:events';
import net from 'node:net';
import {createInterface} from 'node:readline';
import test from 'ava';
import {peers} from '../../source/lab/peers/index.js';
import {startLab} from '../../source/lab/start-lab.js';
import {onPosix} from '../helpers/platforms.js';
import {cliPath} from '../helpers/run-cli.js';
import {runInProcess} from '../helpers/run-in-process.js';

test('the lab shows each server, tells expected from got, and ends with 0', async t => {
	const {code, stdout, stderr} = await runInProcess(['lab']);
	t.is(stderr, '');
	t.is(code, 0);
	const lines = stdout.split('\n');
	t.deepEqual(
		peers.filter(({name, what}) => !lines.includes(`${name}  ${what}`)),
		[],
	);
	t.true(lines.includes('✔ schannel     pass, accepts 1.2              pass, accepts 1.2'));
	t.is(lines.at(-2), '9 of 9 got the expected result.');
});

test('--json prints a line per server, as the main command does', async t => {
	const {code, stdout, stderr} = await runInProcess(['lab', '--json', '--peer', 'mixed', '--peer', 'legacy']);
	t.is(stderr, '');
	t.is(code, 0);
	const reports = stdout
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line));
	t.deepEqual(
		reports.map(({host, address, verdict, versions}) => [host, address, verdict, versions['TLSv1.3'].status]),
		[
			['legacy.localhost', '127.0.0.1', 'fail', 'rejected'],
			['mixed.localhost', '127.0.0.1', 'fail', 'accepted'],
		],
	);
});

test('--peer chooses one server, once', async t => {
	const {code, stdout} = await runInProcess(['lab', '--peer', 'compliant', '--peer', 'compliant']);
	t.is(code, 0);
	t.regex(stdout, /\n1 of 1 got the expected result/);
});

test('no line is wider than 80 columns, and without UTF-8 all is ASCII', async t => {
	const {stdout} = await runInProcess(['lab'], {environment: {LANG: 'C'}});
	t.regex(stdout, /\n\+ schannel {5}pass/);
	t.deepEqual(
		stdout.split('\n').filter(line => line.length > 80 || /[^ -~]/.test(line)),
		[],
	);
});

const colors = [
	{argv: [], environment: undefined, isColored: false, title: 'a pipe gets no colours'},
	{argv: [], environment: {FORCE_COLOR: '1'}, isColored: true, title: 'FORCE_COLOR=1 colours a pipe'},
	{argv: ['--color'], environment: undefined, isColored: true, title: '--color colours a pipe'},
	{argv: ['--no-color'], environment: {FORCE_COLOR: '1'}, isColored: false, title: '--no-color outdoes FORCE_COLOR'},
];

for (const {argv, environment, isColored, title} of colors) {
	test(title, async t => {
		const {stdout} = await runInProcess(['lab', '--peer', 'compliant', ...argv], environment && {environment});
		t.is(stdout.includes('\x1b[32maccepted'), isColored);
		t.is(stdout.includes('\x1b['), isColored);
	});
}

const mistakes = [
	{argv: ['lab', '--peer', 'legcy'], stderr: 'tlsprobe: the lab has no server "legcy"; did you mean legacy?\n'},
	{
		argv: ['lab', '--peer', 'iis'],
		stderr:
			'tlsprobe: the lab has no server "iis"; there are legacy, mixed, compliant, tls13-only, schannel, storage, service-bus, silent, not-tls\n',
	},
	{argv: ['lab', 'legacy'], stderr: 'tlsprobe: lab probes its own servers, not "legacy"; choose servers with --peer NAME\n'},
	{argv: ['lab', '--srve'], stderr: 'tlsprobe: unknown option --srve; did you mean --serve?\n'},
];

for (const {argv, stderr} of mistakes) {
	test(`${argv.join(' ')} is wrong usage`, async t => {
		t.deepEqual(await runInProcess(argv), {code: 2, stdout: '', stderr});
	});
}

test('--help names every server', async t => {
	const {code, stdout} = await runInProcess(['lab', '--help']);
	t.is(code, 0);
	t.deepEqual(
		peers.filter(({name, what}) => !stdout.includes(`  ${name.padEnd(12)}${what}\n`)),
		[],
	);
	t.deepEqual(
		stdout.split('\n').filter(line => line.length > 80),
		[],
	);
});

test('lab with a port is a host', async t => {
	const lab = await startLab(peers.filter(({name}) => name === 'compliant'));
	const target = `lab:${lab.running[0]!.port}`;
	const {code, stdout} = await runInProcess(['--json', '--resolve', `${target}:127.0.0.1`, target]);
	await lab.close();
	t.is(code, 0);
	t.like(JSON.parse(stdout), {target, host: 'lab', serverName: 'lab', verdict: 'pass'});
});

/** A lab that serves, once it has said so; what it printed, and how it ends. */
async function serving(argv: readonly string[], lineCount: number) {
	const child = spawn(process.execPath, [cliPath, 'lab', '--serve', ...argv], {env: {PATH: process.env.PATH ?? '', LANG: 'C.UTF-8'}});
	const lines: string[] = [];
	const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
	for await (const line of createInterface({input: child.stdout})) {
		lines.push(line);
		if (lines.length === lineCount) {
			break;
		}
	}

	return {child, lines, ended};
}

onPosix('--serve leaves servers running until SIGINT, which ends it with 0', async t => {
	const {child, lines, ended} = await serving(['--peer', 'compliant', '--peer', 'silent'], 10);
	t.is(lines[0], 'The lab runs until Ctrl-C.');
	const [, target] = /^ {2}compliant {2}(127\.0\.0\.1:\d+) {2}after the migration/.exec(lines[2]!)!;
	t.is(lines[9], `  tlsprobe ${target}`);
	const {code, stdout} = await runInProcess(['--json', target!]);
	t.is(code, 0);
	t.is(JSON.parse(stdout).verdict, 'pass');
	child.kill('SIGINT');
	t.deepEqual(await ended, [0, null]);
});

onPosix('--serve --json prints the ports as one object, and ends although somebody is connected', async t => {
	const {child, lines, ended} = await serving(['--json'], 1);
	const {address, ports, proxy} = JSON.parse(lines[0]!);
	t.regex(proxy, /^http:\/\/127\.0\.0\.1:\d+$/);
	t.is(address, '127.0.0.1');
	t.deepEqual(
		Object.keys(ports),
		peers.map(({name}) => name),
	);
	const socket = net.connect({host: address, port: ports.silent});
	socket.on('error', () => {});
	await once(socket, 'connect');
	socket.resume();
	const isClosed = once(socket, 'close');
	child.kill('SIGINT');
	t.deepEqual(await ended, [0, null]);
	await isClosed;
});

onPosix('SIGINT ends a demonstration with 130', async t => {
	const child = spawn(process.execPath, [cliPath, 'lab', '--json', '--peer', 'compliant', '--peer', 'silent'], {
		env: {PATH: process.env.PATH ?? ''},
	});
	child.stdout.once('data', () => child.kill('SIGINT'));
	t.deepEqual(await once(child, 'exit'), [130, null]);
});
