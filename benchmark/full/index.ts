/**
How long it takes to learn everything about an endpoint, compared with a full sslscan, sslyze and testssl.sh where they are installed.

`tlsprobe` is `--full`: part one, which is what sslscan asks about (suites, groups, signature schemes, certificates, extensions, handshakes), and
part two (resumption, vulnerabilities, robustness, fingerprints, HTTP, names). `part one` is that part alone, by `--probes`. Each has its goals.

`npm run bench:full` takes some minutes; `npm run bench:full -- --only waiting` runs one section. All contenders take turns in one run, so
that a busy machine slows all alike: the ratios count. sslyze is looked for as `sslyze` on PATH, or where SSLYZE says. `--before FILE` takes the
`dist/cli.cjs` of another build into the turns, with `--full`.
*/
import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {availableParallelism, loadavg, tmpdir} from 'node:os';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {median} from '../median.js';
import {relay, type Servers, startServers, waitMs} from './servers.js';

type Name = 'tlsprobe' | 'part one' | 'before' | 'sslscan' | 'sslyze' | 'testssl.sh';

type Contender = {
	readonly name: Name;
	readonly command: string;
	/** Asks one target for everything. */
	readonly one: (target: string) => readonly string[];
	/** Asks all targets of a file. */
	readonly list: (file: string) => readonly string[];
	/** In its output where it has done its work. */
	readonly expected: RegExp;
};

type Run = {
	readonly elapsedMs: number;
	/** Of all its processes, user and system. Undefined without GNU time. */
	readonly cpuSeconds: number | undefined;
	/** Of its largest process. */
	readonly peakBytes: number | undefined;
	readonly stdout: string;
};

const build = (name: Name, cli: string, flags: readonly string[] = ['--full']): Contender => ({
	name,
	command: process.execPath,
	one: target => [cli, ...flags, target],
	list: file => [cli, ...flags, '--hosts', file, '--json'],
	expected: /TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256/,
});

const partOne = ['--probes', 'confirm,cipher-suites,groups,signature-schemes,certificates,extensions'];

const contenders: Contender[] = [
	build('tlsprobe', 'dist/cli.cjs'),
	build('part one', 'dist/cli.cjs', partOne),
	{
		name: 'sslscan',
		command: 'sslscan',
		one: target => ['--no-colour', target],
		list: file => ['--no-colour', `--targets=${file}`],
		expected: /ECDHE-RSA-CHACHA20-POLY1305/,
	},
	{
		name: 'sslyze',
		command: process.env.SSLYZE ?? 'sslyze',
		one: target => [target],
		list: file => ['--targets_in', file],
		expected: /TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256/,
	},
	{
		name: 'testssl.sh',
		command: 'testssl',
		one: target => ['--quiet', '--color', '0', '--warnings', 'off', target],
		list: file => ['--quiet', '--color', '0', '--warnings', 'off', '--file', file],
		expected: /ECDHE-RSA-CHACHA20-POLY1305/,
	},
];

/** sslyze makes six times the connections, and takes as long for a part of the list as the others for all of it. */
const shareOfSslyze = 10;

/** Contenders that are not installed. */
const skipped = new Set<string>();

if (process.argv[2] === 'relay') {
	await relay(Number(process.argv[3]));
} else {
	await compare();
}

async function compare(): Promise<void> {
	const {values} = parseArgs({
		options: {
			only: {type: 'string', multiple: true},
			rounds: {type: 'string', default: '7'},
			hosts: {type: 'string', default: '500'},
			before: {type: 'string'},
		},
	});
	if (values.before !== undefined) {
		contenders.push(build('before', values.before));
	}

	const servers = await startServers();
	const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-bench-'));
	// nginx would go on alone.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			servers.close();
			process.exit(1);
		});
	}

	const bench = {servers, folder, rounds: Number(values.rounds), hosts: Number(values.hosts)};
	print(`Node.js ${process.version}, ${availableParallelism()} processors, load ${loadavg()[0]!.toFixed(1)}`);
	try {
		for (const [name, section] of Object.entries({connections, waiting, loopback, list})) {
			if (values.only === undefined || values.only.includes(name)) {
				await section(bench);
			}
		}
	} finally {
		servers.close();
		rmSync(folder, {recursive: true, force: true});
	}
}

type Bench = {readonly servers: Servers; readonly folder: string; readonly rounds: number; readonly hosts: number};

/** Those of these contenders that can be started. Each missing one is named once. */
function installed(names: readonly Name[]): readonly Contender[] {
	return contenders.filter(({name, command}) => {
		if (!names.includes(name)) {
			return false;
		}

		const isThere = spawnSync(command, ['--help'], {stdio: 'ignore'}).error === undefined;
		if (!isThere && !skipped.has(name)) {
			skipped.add(name);
			print(`${name} is skipped: it is not installed`);
		}

		return isThere;
	});
}

/** How many connections the server sees. */
async function connections({servers, folder}: Bench): Promise<void> {
	print('\nconnections to one nginx, intermediate configuration, RSA and ECDSA certificates, counted before it');
	for (const contender of installed(['tlsprobe', 'part one', 'before', 'sslscan', 'sslyze'])) {
		await servers.takeCount();
		await run(contender, contender.one(`127.0.0.1:${servers.counting}`), folder);
		const count = await servers.takeCount();
		print(`${contender.name.padEnd(10)} ${String(count).padStart(5)}`);
		if (contender.name === 'tlsprobe') {
			goal('at most 180 connections', count, count <= 180, 'connections');
		} else if (contender.name === 'part one') {
			goal('at most 120 connections for part one', count, count <= 120, 'connections');
		}
	}
}

/** What users have: a network that takes its time. */
async function waiting({servers, folder, rounds}: Bench): Promise<void> {
	print(`\none such host, ${waitMs} ms before each answer, whole commands, medians of ${rounds} rounds in turn`);
	const times = await takeTurns(
		installed(['tlsprobe', 'part one', 'before', 'sslscan', 'sslyze']),
		`127.0.0.1:${servers.waiting}`,
		folder,
		rounds,
	);
	const [whole, first] = [median(times.get('tlsprobe')!), median(times.get('part one')!)];
	goal('ends within 4 s', whole / 1000, whole <= 4000, 's');
	goal('part one ends within 1.5 s', first / 1000, first <= 1500, 's');
	compareTo(times, 'part one', 'sslscan', 3);
	compareTo(times, 'part one', 'sslyze', 10);
	const before = times.get('before');
	if (before !== undefined) {
		print(`        ${(median(before) / whole).toFixed(2)} times as fast as before`);
	}
}

async function loopback({servers, folder, rounds}: Bench): Promise<void> {
	print(`\none such host on loopback, whole commands, medians of ${rounds} rounds in turn; testssl.sh once`);
	const target = `127.0.0.1:${servers.direct}`;
	const times = await takeTurns(installed(['tlsprobe', 'part one', 'before', 'sslscan', 'sslyze']), target, folder, rounds);
	const slow = await takeTurns(installed(['testssl.sh']), target, folder, 1);
	const all = new Map([...times, ...slow]);
	compareTo(all, 'tlsprobe', 'testssl.sh', 20);
	compareTo(all, 'part one', 'testssl.sh', 30);
}

/** A list of such hosts. */
async function list({servers, folder, hosts}: Bench): Promise<void> {
	print(`\n${hosts} such hosts on loopback, one run each; sslyze a tenth of them`);
	print(`${'contender'.padEnd(12)} ${'hosts/s'.padStart(9)} ${'CPU, ms a host'.padStart(15)} ${'peak, MB'.padStart(9)}`);
	for (const contender of installed(['tlsprobe', 'part one', 'before', 'sslscan', 'sslyze'])) {
		const count = contender.name === 'sslyze' ? Math.ceil(hosts / shareOfSslyze) : hosts;
		const file = join(folder, 'list');
		writeFileSync(file, Array.from({length: count}, (_, index) => `127.1.${index >> 8}.${index & 255}:${servers.direct}\n`).join(''));
		const {elapsedMs, cpuSeconds, peakBytes} = await run(contender, contender.list(file), folder);
		const cells = [
			(count / (elapsedMs / 1000)).toFixed(1).padStart(9),
			(cpuSeconds === undefined ? '-' : ((cpuSeconds * 1000) / count).toFixed(1)).padStart(15),
			(peakBytes === undefined ? '-' : (peakBytes / 1e6).toFixed(0)).padStart(9),
		];
		print(`${contender.name.padEnd(12)} ${cells.join(' ')}`);
		if (['tlsprobe', 'part one'].includes(contender.name) && peakBytes !== undefined) {
			goal(`${contender.name} takes at most 200 MB`, peakBytes / 1e6, peakBytes < 200e6, 'MB');
		}
	}
}

async function takeTurns(all: readonly Contender[], target: string, folder: string, rounds: number): Promise<Map<Name, number[]>> {
	const times = new Map<Name, number[]>(all.map(({name}) => [name, []]));
	for (let round = 0; round < rounds; round++) {
		for (const contender of all) {
			const {elapsedMs} = await run(contender, contender.one(target), folder);
			times.get(contender.name)!.push(elapsedMs);
		}
	}

	for (const [name, values] of times) {
		print(`${name.padEnd(12)} ${(median(values) / 1000).toFixed(2).padStart(8)} s`);
	}

	return times;
}

function compareTo(times: ReadonlyMap<Name, readonly number[]>, ours: Name, name: Name, wanted: number): void {
	const theirs = times.get(name);
	if (theirs === undefined) {
		print(`        not compared with ${name}, which is not installed`);
		return;
	}

	const factor = median(theirs) / median(times.get(ours)!);
	goal(`${ours} at least ${wanted} times as fast as ${name}`, factor, factor >= wanted, 'times');
}

function run(contender: Contender, args: readonly string[], folder: string): Promise<Run> {
	const usage = join(folder, 'usage');
	const timed = spawnSync('/usr/bin/time', ['-f', '%M', 'true'], {stdio: 'ignore'}).status === 0;
	const [program, ...words] = timed ? ['/usr/bin/time', '-o', usage, '-f', '%U %S %M', contender.command] : [contender.command];
	const startedAt = performance.now();
	return new Promise((resolve, reject) => {
		const child = spawn(program!, [...words, ...args], {stdio: ['ignore', 'pipe', 'ignore']});
		const chunks: Buffer[] = [];
		child.stdout.on('data', chunk => chunks.push(chunk));
		child.on('error', reject);
		child.on('close', () => {
			const elapsedMs = performance.now() - startedAt;
			const stdout = Buffer.concat(chunks).toString('latin1');
			if (!contender.expected.test(stdout)) {
				reject(new Error(`${contender.name} did not do its work: ${stdout.slice(0, 2000)}`));
				return;
			}

			const [user, system, kilobytes] = timed ? readFileSync(usage, 'utf8').trim().split('\n').at(-1)!.split(' ').map(Number) : [];
			resolve({
				elapsedMs,
				cpuSeconds: user === undefined ? undefined : user + system!,
				peakBytes: kilobytes === undefined ? undefined : kilobytes * 1024,
				stdout,
			});
		});
	});
}

function goal(text: string, value: number, isReached: boolean, unit: string): void {
	print(`${isReached ? 'reached' : 'missed '} ${text}: ${value.toFixed(value < 10 ? 2 : 0)} ${unit}`);
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}
