import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {lockFiles} from '../../source/outputs/lock-files.js';
import {onPosix} from '../helpers/platforms.js';
import {cliPath} from '../helpers/run-cli.js';
import {runInFolder} from '../helpers/run-in-folder.js';
import {startSilentServer, startTlsServer} from '../helpers/tls-server.js';

const nobody = '127.0.0.1:1';

function folderFor(t: ExecutionContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-'));
	t.teardown(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

/** A run that has its files open and waits for more targets. */
async function startWriter(t: ExecutionContext, cwd: string, argv: readonly string[]) {
	const child = spawn(process.execPath, [cliPath, '--hosts', '-', '--format', 'lines', ...argv], {cwd, stdio: ['pipe', 'pipe', 'ignore']});
	t.teardown(() => child.kill('SIGKILL'));
	child.stdin.on('error', () => {});
	child.stdin.write(`${nobody}\n`);
	await once(child.stdout, 'data');
	return child;
}

for (const name of ['results.jsonl', 'report.html']) {
	test(`${name} has one writer: another run is refused and changes nothing; a crash leaves no lock`, async t => {
		const folder = folderFor(t);
		writeFileSync(join(folder, name), '');
		const first = await startWriter(t, folder, ['--output', name]);
		const before = readFileSync(join(folder, name), 'utf8');
		for (const argv of [['--output', `./${name}`], ...(name === 'results.jsonl' ? [['--json', '--output', name, '--resume']] : [])]) {
			const {code, stderr} = await runInFolder(['--hosts', '-', ...argv], {cwd: folder, input: nobody});
			t.is(code, 74);
			t.regex(stderr, /^tlsprobe: cannot write \S+: another tlsprobe is writing it; wait for it to end, or name another file\n$/);
		}

		t.is(readFileSync(join(folder, name), 'utf8'), before);
		first.kill('SIGKILL');
		await once(first, 'close');
		const {code} = await runInFolder(['--output', name, nobody], {cwd: folder});
		t.is(code, 3);
		t.true(readFileSync(join(folder, name), 'utf8').includes('127.0.0.1'));
	});
}

onPosix('a file is one file by any name, and what is no file has any number of writers', async t => {
	const folder = folderFor(t);
	writeFileSync(join(folder, 'results.jsonl'), '');
	symlinkSync('results.jsonl', join(folder, 'link.jsonl'));
	await startWriter(t, folder, ['--output', 'results.jsonl']);
	t.is((await runInFolder(['--output', 'link.jsonl', nobody], {cwd: folder})).code, 74);
	const unlocks = [await lockFiles(['/dev/null']), await lockFiles(['/dev/null'])];
	for (const unlock of unlocks) {
		unlock();
	}
});

const collisions: readonly (readonly [argv: readonly string[], message: RegExp])[] = [
	[
		['--hosts', 'hosts.txt', '--json', '--output', './hosts.txt'],
		/--output \.\/hosts\.txt is the same file as --hosts hosts\.txt, which is an input/,
	],
	[['--hosts', 'hosts.txt', '--output', 'hard.jsonl'], /--output hard\.jsonl is the same file as --hosts hosts\.txt/],
	[['--hosts', 'hosts.txt', '--pcap', 'hosts.txt'], /--pcap/],
	[['--pcap', 'new.json', '--output', 'new.json', nobody], /--pcap new\.json is the same file as --output new\.json/],
	[['--output', 'old.json', '--output', 'alias.json', nobody], /--output alias\.json is the same file as --output old\.json/],
	[['--catalog', 'own.json', '--output', 'own.json'], /--output own\.json is the same file as --catalog own\.json/],
	[['check', 'own.json', '--output', 'own.json'], /--output own\.json is the same file as the file own\.json/],
	[['check', 'check.yaml', '--output', 'hosts.csv'], /--output hosts\.csv is the same file as the list .*hosts\.csv/],
	[
		['check', '--config', 'stunnel.json', '--config-type', 'stunnel', '--output', 'stunnel.json'],
		/is the same file as --config stunnel\.json/,
	],
	[['baseline', '--hosts', 'old.json', '-o', 'old.json'], /--output old\.json is the same file as --hosts old\.json/],
];

for (const [argv, message] of collisions) {
	onPosix(`${argv.join(' ')} is refused before anything is written`, async t => {
		const folder = folderFor(t);
		const catalog = {name: 'own', entries: [nobody]};
		const files: Record<string, string> = {
			'hosts.txt': `${nobody}\n`,
			'hosts.csv': `host\n${nobody}\n`,
			'old.json': `${nobody}\n`,
			'own.json': argv[0] === 'check' ? `{"endpoints":[{"target":"${nobody}"}]}` : JSON.stringify(catalog),
			'check.yaml': 'endpoints:\n  - include: hosts.csv\n',
			'stunnel.json': `[service]\naccept = ${nobody}\nconnect = 2\ncert = x.pem\n`,
		};
		for (const [name, text] of Object.entries(files)) {
			writeFileSync(join(folder, name), text);
		}

		linkSync(join(folder, 'hosts.txt'), join(folder, 'hard.jsonl'));
		symlinkSync('old.json', join(folder, 'alias.json'));
		const names = readdirSync(folder);
		const {code, stderr} = await runInFolder(argv, {cwd: folder});
		t.is(code, 2);
		t.regex(stderr, message);
		t.deepEqual(readdirSync(folder), names);
		for (const [name, text] of Object.entries(files)) {
			t.is(readFileSync(join(folder, name), 'utf8'), text);
		}
	});
}

onPosix('a list on standard input is a file too', t => {
	const folder = folderFor(t);
	writeFileSync(join(folder, 'list.jsonl'), `${nobody}\n`);
	const {status} = spawnSync('/bin/sh', ['-c', '"$0" "$1" --hosts - --output list.jsonl <list.jsonl', process.execPath, cliPath], {
		cwd: folder,
	});
	t.is(status, 2);
	t.is(readFileSync(join(folder, 'list.jsonl'), 'utf8'), `${nobody}\n`);
});

onPosix('standard output may be named, and gets what it is asked for', t => {
	const {stdout} = spawnSync('/bin/sh', ['-c', '"$0" "$1" --json --output /dev/stdout "$2" | cat', process.execPath, cliPath, nobody], {
		encoding: 'utf8',
	});
	t.is(JSON.parse(stdout).target, nobody);
});

onPosix('a baseline that is interrupted leaves the one before; a complete one replaces it', async t => {
	const folder = folderFor(t);
	const server = await startSilentServer(t);
	writeFileSync(join(folder, 'before.jsonl'), 'old\n');
	const argv = ['baseline', server.target, '-o', 'before.jsonl', '--timeout', '1s', '--deadline', '2s'];
	const child = spawn(process.execPath, [cliPath, ...argv], {cwd: folder, stdio: 'ignore'});
	await server.connections(1);
	t.is(readFileSync(join(folder, 'before.jsonl'), 'utf8'), 'old\n');
	child.kill('SIGINT');
	t.deepEqual(await once(child, 'close'), [130, null]);
	t.is(readFileSync(join(folder, 'before.jsonl'), 'utf8'), 'old\n');
	t.deepEqual(readdirSync(folder), ['before.jsonl']);
	t.is((await runInFolder(['baseline', nobody, '-o', 'before.jsonl'], {cwd: folder})).code, 0);
	t.is(JSON.parse(readFileSync(join(folder, 'before.jsonl'), 'utf8')).target, nobody);
});

test('names that are too long for the system are cut, and two long ones stay apart', async t => {
	const folder = folderFor(t);
	const {port} = await startTlsServer(t, {minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3'});
	const long = (last: string): string => `${[60, 60, 60, 57].map(length => 'a'.repeat(length)).join('.')}${last}`;
	const hosts = [long('b'), long('c')];
	const output = `${'o'.repeat(235)}.html`;
	const {code, stdout} = await runInFolder(
		[
			...hosts.flatMap(host => ['--resolve', `${host}:${port}:127.0.0.1`]),
			...hosts.map(host => `${host}:${port}`),
			...['--record', 'flows', '--json', '--output', output],
		],
		{cwd: folder},
	);
	t.is(code, 0);
	t.is(stdout.trim().split('\n').length, 2);
	t.true(readFileSync(join(folder, output), 'utf8').includes('2 pass'));
	const prefixes = new Set(readdirSync(join(folder, 'flows')).map(name => name.split('_')[0]!));
	t.is(prefixes.size, 2);
});

test('what cannot be recorded is reported at the end, and costs no result', async t => {
	const folder = folderFor(t);
	const flows = join(folder, 'flows');
	const {port, target} = await startTlsServer(t, {minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3'});
	mkdirSync(flows);
	const child = spawn(process.execPath, [cliPath, '--record', flows, '--json', target, `localhost:${port}`, '-4'], {
		env: {...process.env, NODE_OPTIONS: `--require=${failingWrites(folder)}`},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let stdout = '';
	child.stdout.setEncoding('utf8').on('data', chunk => {
		stdout += chunk;
	});
	const [code] = await once(child, 'close');
	t.is(code, 74);
	t.is(stdout.trim().split('\n').length, 2);
});

/** A system whose disk is full. */
function failingWrites(folder: string): string {
	const file = join(folder, 'full.cjs');
	writeFileSync(
		file,
		"require('node:fs/promises').writeFile = async () => {throw Object.assign(new Error('full'), {code: 'ENOSPC'});};require('node:module').syncBuiltinESMExports();",
	);
	return file;
}
