import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {gzipSync} from 'node:zlib';
import test from 'ava';
import type {Report} from '../../source/engine/report.js';
import {roundsOf, rowsOf} from '../helpers/depth.js';
import {addresses, briefly, gist, gists, lines, makeFolder, nobody, readResults} from '../helpers/lists.js';
import {onLinux} from '../helpers/platforms.js';
import {type Behave, startPopulation} from '../helpers/population.js';
import {cliPath, runCli} from '../helpers/run-cli.js';
import {runInProcess} from '../helpers/run-in-process.js';

const kinds = ['modern', 'every-version', 'only-1.2', 'modern', 'modern'] as const;
const mixed: Behave = lastByte => kinds[lastByte % kinds.length]!;

const xml = (hosts: string): string => `<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner="nmap">${hosts}</nmaprun>\n`;
const xmlHost = (address: string): string =>
	`<host><status state="up"/><address addr="${address}" addrtype="ipv4"/><ports><port protocol="tcp" portid="1"><state state="open"/><service name="https"/></port></ports></host>`;

/** Each names 127.0.0.1 and 127.0.0.2, port 1. */
const sameList: Readonly<Record<string, string | Uint8Array>> = {
	lines: '127.0.0.1:1\n127.0.0.2:1\n',
	'lines with comments, blanks and CRLF': '# hosts\r\n\r\n127.0.0.1:1\r\n  127.0.0.2:1 # the other\r\n',
	'a BOM': '\uFEFF127.0.0.1:1\n127.0.0.2:1',
	'UTF-16': Buffer.from('\uFEFF127.0.0.1:1\r\n127.0.0.2:1\r\n', 'utf16le'),
	'a range': '127.0.0.1-2:1\n',
	CSV: 'port,host\n1,127.0.0.1\n1,127.0.0.2\n',
	'CSV with semicolons and quotes': 'host;port\n"127.0.0.1";"1"\n127.0.0.2;1\n',
	'nmap -oG':
		'# Nmap 7.93 scan initiated\nHost: 127.0.0.1 ()\tPorts: 1/open/tcp//https///\nHost: 127.0.0.2 ()\tPorts: 1/open/tcp//https///, 2/closed/tcp//https///\n',
	'nmap -oX': xml(xmlHost('127.0.0.1') + xmlHost('127.0.0.2')),
	gzip: gzipSync('127.0.0.1:1\n127.0.0.2:1\n'),
	duplicates: '127.0.0.1:1\n127.0.0.2:1\n127.0.0.1:1\nhttps://127.0.0.2:1/path\n',
};

for (const [title, text] of Object.entries(sameList)) {
	test(`${title}: from a file and from standard input`, async t => {
		const file = makeFolder(t)('list', text);
		for (const [path, input] of [
			[file, ''],
			['-', text],
		] as const) {
			const {code, stdout} = await runInProcess(['--hosts', path, '--json', '--ordered', ...briefly], {input});
			t.deepEqual(
				readResults(stdout).map(({target}) => target),
				['127.0.0.1:1', '127.0.0.2:1'],
			);
			t.is(code, 3);
		}
	});
}

const packed = gzipSync(Array.from({length: 40}, (_, index) => `127.0.0.${index + 1}:1\n`).join(''));
const damaged = Uint8Array.from(packed, (byte, index) => (index === packed.length - 6 ? byte ^ 0xff : byte));

for (const [problem, bytes] of [
	['the gzip data is truncated', packed.subarray(0, packed.length - 12)],
	['the gzip data is damaged', damaged],
] as const) {
	test(`where ${problem}, that is a line of its own, and the rest is probed`, async t => {
		const {code, stdout, stderr} = await runInProcess(['--hosts', makeFolder(t)('list.gz', bytes), '--json', '--ordered', ...briefly]);
		const results = readResults(stdout);
		t.is(results[0]?.target, '127.0.0.1:1');
		t.deepEqual(
			results.filter(({reason}) => reason === 'invalid-target').map(item => item.problem),
			[problem],
		);
		t.regex(stderr, new RegExp(`list\\.gz:\\d+: .*${problem}`));
		t.is(code, 3);
	});
}

test('a block is every address in it, and a list of ports every port', async t => {
	const {stdout} = await runInProcess(['--hosts', '-', '--json', '--ordered', ...briefly], {input: '127.0.0.0/30:1\n127.0.0.9:1,2\n'});
	t.deepEqual(
		readResults(stdout).map(({target, position}) => `${position} ${target}`),
		['0 127.0.0.0:1', '1 127.0.0.1:1', '2 127.0.0.2:1', '3 127.0.0.3:1', '4 127.0.0.9:1', '5 127.0.0.9:2'],
	);
});

test('several lists, and targets on the command line, are one list', async t => {
	const at = makeFolder(t);
	const argv = ['127.0.0.1:1', '--hosts', at('one', '127.0.0.2:1\n'), '--hosts', at('two', 'host,port\n127.0.0.3,1\n127.0.0.1,1\n')];
	const {stdout} = await runInProcess([...argv, '--json', '--ordered', ...briefly]);
	t.deepEqual(
		readResults(stdout).map(({target}) => target),
		['127.0.0.1:1', '127.0.0.2:1', '127.0.0.3:1'],
	);
});

test('--hosts-format has the last word on what a list is', async t => {
	const {stdout} = await runInProcess(['--hosts', '-', '--hosts-format', 'lines', '--json', '--ordered', ...briefly], {
		input: `host\n${nobody}\n`,
	});
	t.deepEqual(
		readResults(stdout).map(({target}) => target),
		['host:443', nobody],
	);
});

test('what is no target is named with file and line, becomes a result, and stops nothing', async t => {
	const at = makeFolder(t);
	const list = at('list.txt', `one two\n${nobody}\nhost:99999\n\u001B[31m.example\n`);
	const csv = at('list.csv', `host,port\n,443\n127.0.0.2,1\n`);
	const {code, stdout, stderr} = await runInProcess(['--hosts', list, '--hosts', csv, '--json', '--ordered', ...briefly]);
	const results = readResults(stdout);
	t.deepEqual(
		results.map(({reason, source, verdict}) => (reason === undefined ? verdict : `${reason} ${source?.line} ${verdict}`)),
		[
			'invalid-target 1 inconclusive',
			'inconclusive',
			'invalid-target 3 inconclusive',
			'invalid-target 4 inconclusive',
			'invalid-target 2 inconclusive',
			'inconclusive',
		],
	);
	t.is(results[0]!.source?.file, list);
	t.true(stderr.startsWith(`${list}:1: one two: white space in a target`), stderr);
	t.true(stderr.includes(`\n${list}:3: host:99999: not a port`), stderr);
	t.true(stderr.includes(`\n${csv}:2: `), stderr);
	t.false(stderr.includes('\u001B'));
	t.is(code, 3);
});

test('other columns are carried through, and what a row says of its target alone counts', async t => {
	const input = 'Owner,host,port,address,servername\n"Ann, Bob",one.example,1,127.0.0.5,other.example\n';
	const {stdout} = await runInProcess(['--hosts', '-', '--json', ...briefly], {input});
	const [report] = readResults(stdout);
	t.like(report, {
		target: 'one.example:1',
		address: '127.0.0.5',
		serverName: 'other.example',
		given: {address: '127.0.0.5', serverName: 'other.example'},
		columns: {Owner: 'Ann, Bob'},
	});
});

onLinux('--ordered keeps the order of the list, whoever answers first', async t => {
	const {port} = await startPopulation(t, lastByte => (lastByte === 0 ? 'silent' : 'modern'));
	const targets = addresses(100).map(address => `${address}:${port}`);
	const {stdout} = await runInProcess(['--hosts', '-', '--json', '--ordered', '--timeout', '300ms'], {input: lines(targets)});
	t.deepEqual(
		readResults(stdout).map(({target}) => target),
		targets,
	);
});

onLinux('--only filters what is printed, and neither the summary nor the exit code', async t => {
	const {port} = await startPopulation(t, mixed);
	const input = lines(addresses(10).map(address => `${address}:${port}`));
	for (const [only, expected] of [
		['fail', ['fail']],
		['pass,inconclusive', ['pass']],
	] as const) {
		const {code, stdout, stderr} = await runInProcess(['--hosts', '-', '--json', '--only', only], {input});
		t.deepEqual([...new Set(readResults(stdout).map(({verdict}) => verdict))], [...expected]);
		t.regex(stderr, /^10 targets in .*: 8 pass, 2 fail, 0 inconclusive$/m);
		t.is(code, 1);
	}
});

test('shards share a list out: together they have each target just once, wherever it stands', async t => {
	const targets = [...addresses(60).map(address => `${address}:1`), 'no target', '127.9.0.0/28:1'];
	const whole = await runInProcess(['--hosts', '-', '--json', ...briefly], {input: lines(targets)});
	const parts: string[] = [];
	for (const shard of ['1/3', '2/3', '3/3']) {
		const {stdout} = await runInProcess(['--hosts', '-', '--json', ...briefly, '--shard', shard], {input: lines(targets.toReversed())});
		t.true(stdout.length > 0);
		parts.push(...gists(stdout));
	}

	t.deepEqual(parts.toSorted(), gists(whole.stdout));
});

onLinux('the verdicts are the same whatever the workers, the concurrency and the order', async t => {
	const count = roundsOf(500, 250);
	const {port} = await startPopulation(t, mixed);
	const targets = addresses(count).map(address => `${address}:${port}`);
	const run = async (argv: readonly string[], items: readonly string[]): Promise<string[]> => {
		const {code, stdout, stderr} = await runCli(['--hosts', '-', '--json', ...argv], {input: lines(items)});
		t.is(code, 1);
		t.regex(stderr, new RegExp(`^${count} targets in .*: ${(count * 4) / 5} pass, ${count / 5} fail, 0 inconclusive$`, 'm'));
		return gists(stdout);
	};

	const expected = await run(['--workers', '1', '--concurrency', '1'], targets);
	for (const workers of rowsOf(['1', '2', '3'], 1)) {
		t.deepEqual(await run(['--workers', workers], targets), expected);
	}

	t.deepEqual(await run(['--workers', '2', '--concurrency', '200'], targets.toReversed()), expected);
});

onLinux('--max-connections holds for each address, over all workers and all targets that share it', async t => {
	const {port, mostWaiting} = await startPopulation(t, () => 'modern', {answerAfterMs: 3});
	const rows = Array.from({length: roundsOf(600, 250)}, (_, index) => `host-${index}.example,${port},127.2.0.${index % 5}`);
	const argv = ['--hosts', '-', '--json', '--workers', '3', '--max-connections', '2', '--deadline', '100s'];
	const {stdout} = await runCli(argv, {input: lines(['host,port,address', ...rows])});
	t.deepEqual([...new Set(readResults(stdout).map(({verdict}) => verdict))], ['pass']);
	t.deepEqual(
		[...mostWaiting].filter(([, most]) => most > 2),
		[],
	);
	t.is(mostWaiting.size, 5);
});

onLinux('--rate spreads connections over time', async t => {
	const {port, askedAtMs} = await startPopulation(t, () => 'modern');
	const input = lines(addresses(12).map(address => `${address}:${port}`));
	const startedAtMs = performance.now();
	const {stdout} = await runInProcess(['--hosts', '-', '--json', '--rate', '25', '--workers', '2'], {input});
	t.is(readResults(stdout).length, 12);
	t.true(askedAtMs.length >= 48);
	// A busy machine may notice the first one late, so what counts is when the command was started.
	const elapsedMs = askedAtMs.at(-1)! - startedAtMs;
	t.true(elapsedMs >= (askedAtMs.length - 1) * 40 - 50, `${askedAtMs.length} in ${elapsedMs} ms`);
});

onLinux('silent hosts do not keep the others from their turn', async t => {
	// More of them than run at once by default.
	const {port} = await startPopulation(t, lastByte => (lastByte < 150 ? 'silent' : 'modern'));
	const input = lines(addresses(250).map(address => `${address}:${port}`));
	// The silent ones are never given up meanwhile, so all that answer come first.
	const argv = ['--hosts', '-', '--json', '--timeout', '100s', '--deadline', '200s'];
	const child = spawn(process.execPath, [cliPath, ...argv], {stdio: ['pipe', 'pipe', 'ignore']});
	t.teardown(() => child.kill('SIGKILL'));
	child.stdin.end(input);
	const verdicts: string[] = [];
	for await (const line of createInterface({input: child.stdout})) {
		if (verdicts.push((JSON.parse(line) as Report).verdict) === 100) {
			break;
		}
	}

	t.deepEqual([...new Set(verdicts)], ['pass']);
});

onLinux('one line an address for people, and a summary on stderr', async t => {
	const {port} = await startPopulation(t, mixed);
	const input = lines([...addresses(3).map(address => `${address}:${port}`), nobody]);
	const {code, stdout, stderr} = await runInProcess(['--hosts', '-', '--ordered'], {input});
	t.is(
		stdout,
		lines([
			`pass          -1.0 -1.1 +1.2 +1.3  127.1.0.0:${port}`,
			`fail          +1.0 +1.1 +1.2 +1.3  127.1.0.1:${port}`,
			`pass          -1.0 -1.1 +1.2 -1.3  127.1.0.2:${port}`,
			`inconclusive  ?1.0 ?1.1 ?1.2 ?1.3  ${nobody}  connection refused`,
		]),
	);
	t.regex(stderr, /^4 targets in .*: 2 pass, 1 fail, 1 inconclusive\n\nMost common causes\n/);
	t.true(stderr.includes(`First failures 127.1.0.1:${port}\nSlowest `), stderr);
	t.is(code, 1);
});

test('a list without targets shows nothing, so nothing is decided', async t => {
	for (const input of ['', '# nothing\n', '\uFEFF']) {
		const {code, stdout, stderr} = await runInProcess(['--hosts', '-', '--json'], {input});
		t.deepEqual([code, stdout], [3, '']);
		t.regex(stderr, /^0 targets .*\nThere was no target to probe, so nothing is decided\.\n$/);
	}
});

test('each line of JSON says where in the list it stands', async t => {
	const {stdout} = await runInProcess(['--hosts', '-', '--json', '--ordered', ...briefly], {
		input: `# none\n${nobody}\nno target\n${nobody}\n`,
	});
	t.deepEqual(
		readResults(stdout).map(report => [report.position, gist(report)]),
		[
			[0, `${nobody} 127.0.0.1 inconclusive inconclusive:unreachable`],
			[1, 'no target invalid-target inconclusive'],
		],
	);
});
