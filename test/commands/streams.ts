import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {openSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {onLinux, onPosix} from '../helpers/platforms.js';
import {type CliOptions, cliPath, runCli} from '../helpers/run-cli.js';
import {startSilentServer, startTlsServer} from '../helpers/tls-server.js';

const compliant = {minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3'} as const;
const nobody = '127.0.0.1:1';
const escapeCode = '\u001B[';
const colour = /\u001B\[[\d;]+m/;

/** Signals, terminals and device files are another matter on Windows. */

const stdoutWith = async (t: ExecutionContext, environment: CliOptions['environment'], argv: readonly string[] = []): Promise<string> => {
	const {target} = await startTlsServer(t, compliant);
	return (await runCli([...argv, target], {environment: environment ?? {}})).stdout;
};

test('into a pipe there are no escapeCode codes', async t => {
	t.false((await stdoutWith(t, {TERM: 'xterm-256color'})).includes(escapeCode));
});

test('FORCE_COLOR has them in a pipe too', async t => {
	t.true((await stdoutWith(t, {FORCE_COLOR: '1'})).includes(escapeCode));
	t.false((await stdoutWith(t, {FORCE_COLOR: '0'})).includes(escapeCode));
});

test('--no-color and --color have the last word', async t => {
	t.false((await stdoutWith(t, {FORCE_COLOR: '1'}, ['--no-color'])).includes(escapeCode));
	t.true((await stdoutWith(t, {NO_COLOR: '1'}, ['--color'])).includes(escapeCode));
});

test('--json never has them', async t => {
	t.false((await stdoutWith(t, {FORCE_COLOR: '1'}, ['--json'])).includes(escapeCode));
});

test('where the locale is not UTF-8 the table is plain ASCII', async t => {
	const locales: readonly Readonly<Record<string, string>>[] = [{LANG: 'C'}, {LANG: ''}, {LC_ALL: 'POSIX', LANG: 'en_US.UTF-8'}];
	for (const environment of locales) {
		const stdout = await stdoutWith(t, environment);
		t.regex(stdout, /^[\n\x20-\x7E]+$/);
		t.regex(stdout, /^PASS {2}/m);
	}

	t.regex(await stdoutWith(t, {LANG: 'de_DE.utf8'}), /^✔ PASS/m);
});

onLinux('on a terminal there are colours, unless NO_COLOR or a dumb terminal forbids them', async t => {
	const {target} = await startTlsServer(t, compliant);
	const onTerminal = (environment: Readonly<Record<string, string>>): Promise<string> =>
		outputOf('script', ['-qec', `${process.execPath} ${cliPath} ${target}`, '/dev/null'], environment);
	// What is shown while one waits moves the cursor too, so colours are looked for alone.
	t.regex(await onTerminal({TERM: 'xterm'}), colour);
	t.notRegex(await onTerminal({TERM: 'xterm', NO_COLOR: '1'}), colour);
	t.regex(await onTerminal({TERM: 'xterm', NO_COLOR: ''}), colour);
	t.false((await onTerminal({TERM: 'dumb'})).includes(escapeCode));
});

async function outputOf(command: string, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
	const child = spawn(command, args, {
		env: {PATH: process.env.PATH, LANG: 'C.UTF-8', ...environment},
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let text = '';
	child.stdout.setEncoding('utf8').on('data', chunk => {
		text += chunk;
	});
	await once(child, 'close');
	return text;
}

onPosix('a reader that goes away ends it quietly', async t => {
	const child = spawn(process.execPath, [cliPath, '--json', ...Array.from({length: 50}, () => nobody)], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	child.stdout.destroy();
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', chunk => {
		stderr += chunk;
	});
	const [code, signal] = await once(child, 'close');
	t.is(stderr, '');
	t.deepEqual([code, signal], [0, null]);
});

onLinux('output that cannot be written is said so, with 74', t => {
	for (const argv of [['--version'], ['--help'], [nobody], ['--json', nobody]]) {
		const {status, stderr} = spawnSync(process.execPath, [cliPath, ...argv], {
			encoding: 'utf8',
			stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
		});
		t.regex(stderr, /^tlsprobe: cannot write the result: the disk is full\n$/);
		t.is(status, 74);
	}
});

onPosix('Ctrl-C ends it at once, in good order, with 130', async t => {
	const server = await startSilentServer(t);
	const child = spawn(process.execPath, [cliPath, '--timeout', '100s', '--deadline', '200s', '--json', server.target], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let stdout = '';
	child.stdout.setEncoding('utf8').on('data', chunk => {
		stdout += chunk;
	});
	await server.connections(4);
	child.kill('SIGINT');
	const [code, signal] = await once(child, 'close');
	t.deepEqual([code, signal], [130, null]);
	t.is(JSON.parse(stdout).verdict, 'inconclusive');
	t.is(stdout.at(-1), '\n');
});
