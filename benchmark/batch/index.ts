/**
How fast lists go, held against sslscan and nmap where they are installed. Its hosts are its own, on loopback.

`npm run bench:batch` takes some minutes; `npm run bench:batch -- --full` takes the sizes that the goals name, and an hour. All take turns
in one run, so that a busy machine weighs on all alike: what counts are the ratios. `--against DIST` adds another build of tlsprobe.
*/
import {mkdtempSync, rmSync} from 'node:fs';
import {availableParallelism, tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import type {Report} from '../../source/engine/report.js';
import {median} from '../median.js';
import {type Contender, contenders, countWrong, isInstalled, type Run, run, tlsprobe} from './contenders.js';
import {type Host, type Kind, makeHosts, type Population, serve, startPopulation, waitMs} from './population.js';

const mixedKinds: readonly Kind[] = [
	'legacy',
	'silent',
	'refusing',
	'resetting',
	'modern',
	'modern',
	'modern',
	'modern',
	'modern',
	'modern',
];

const sections = ['healthy', 'mixed', 'silent', 'memory', 'waiting'] as const;

if (process.argv[2] === 'serve') {
	await serve();
} else {
	await compare();
}

type Sizes = {
	readonly healthy: number;
	readonly rounds: number;
	readonly mixed: number;
	readonly silentSeconds: number;
	readonly leftOutSeconds: number;
	readonly few: number;
	readonly many: number;
	readonly waiting: number;
};

type Bench = {
	readonly population: Population;
	readonly folder: string;
	readonly sizes: Sizes;
	readonly isFull: boolean;
	/** The `dist` folder of another build. */
	readonly against: string | undefined;
};

async function compare(): Promise<void> {
	const {values} = parseArgs({
		options: {
			full: {type: 'boolean', default: false},
			only: {type: 'string', multiple: true},
			rounds: {type: 'string'},
			against: {type: 'string'},
		},
	});
	const full = {healthy: 6000, rounds: 3, mixed: 300, silentSeconds: 90, leftOutSeconds: 30, few: 20_000, many: 200_000, waiting: 3000};
	const quick = {healthy: 1500, rounds: 3, mixed: 50, silentSeconds: 25, leftOutSeconds: 10, few: 2000, many: 20_000, waiting: 1000};
	const sizes = {...(values.full ? full : quick), ...(values.rounds === undefined ? {} : {rounds: Number(values.rounds)})};
	const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-bench-'));
	const population = await startPopulation();
	// nginx would go on without us.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			population.close();
			process.exit(1);
		});
	}

	const bench = {population, folder, sizes, isFull: values.full, against: values.against};
	print(
		`Node.js ${process.version}, ${availableParallelism()} processors, ${values.full ? 'full sizes' : 'small sizes; --full has those of the goals'}`,
	);
	try {
		for (const section of sections) {
			if (values.only === undefined || values.only.includes(section)) {
				await {healthy, mixed, silent, memory, waiting}[section](bench);
			}
		}
	} finally {
		population.close();
		rmSync(folder, {recursive: true, force: true});
	}
}

/** Everybody answers: what a host costs. */
async function healthy({population, folder, sizes, isFull, against}: Bench): Promise<void> {
	const hosts = makeHosts(sizes.healthy, population, () => 'modern');
	const all = contenders({isWithNmap: sizes.healthy <= 1500, against});
	const runs = all.map((): Run[] => []);
	for (let round = 0; round < sizes.rounds; round++) {
		for (const [index, contender] of all.entries()) {
			runs[index]!.push(await run(contender, hosts, folder));
		}
	}

	print(`\n${hosts.length} healthy hosts (TLS 1.2 and 1.3, nginx), ${sizes.rounds} rounds in turn, medians`);
	table(all, runs, hosts);
	const ours = runs[all.findIndex(({name}) => name === 'tlsprobe')]!;
	const ratioTo = (name: string, of: (item: Run) => number | undefined): number | undefined => {
		const theirs = runs[all.findIndex(item => item.name === name)];
		return theirs && median(ours.map((item, round) => of(item)! / of(theirs[round]!)!));
	};

	const speed = ratioTo('xargs -P 32 -n 1 sslscan', item => 1 / item.elapsedMs);
	const cpu = ratioTo('sslscan --targets', item => item.cpu);
	if (against !== undefined) {
		print(`        ${ratioTo(against, item => item.cpu)?.toFixed(3)} times the CPU of ${against}`);
	}

	if (isFull) {
		goal('at least 5 times the hosts per second of xargs -P 32 sslscan', speed, speed !== undefined && speed >= 5, 'times');
		goal('no more CPU per host than sslscan --targets', cpu, cpu !== undefined && cpu <= 1, 'times as much');
	} else if (speed !== undefined && cpu !== undefined) {
		// Starting and compiling weigh four times as much as in a list of 6,000.
		print(
			`        ${speed.toFixed(2)} times the hosts per second of xargs -P 32 sslscan, ${cpu.toFixed(2)} times the CPU of sslscan --targets;`,
		);
		print('        the goals are for 6000 hosts: --full');
	}
}

/** Some of each kind: who is wrong about whom, and whether the way of running changes a verdict. */
async function mixed({population, folder, sizes}: Bench): Promise<void> {
	const hosts = makeHosts(sizes.mixed, population, index => mixedKinds[index % mixedKinds.length]!);
	const all = contenders({isWithNmap: true});
	const runs: Run[][] = [];
	for (const contender of all) {
		const impatient = contender.name.includes('sslscan') ? withWords(contender, '--timeout=1', '--connect-timeout=1') : contender;
		runs.push([await run(impatient.command === process.execPath ? withWords(contender, '--timeout', '1s') : impatient, hosts, folder)]);
	}

	print(`\n${hosts.length} hosts, a tenth each accepting TLS 1.0, silent, refusing, resetting, --timeout 1s`);
	table(all, runs, hosts);
	const ways: readonly (readonly [Contender, readonly Host[]])[] = [
		[tlsprobe('', '--timeout', '1s', '--workers', '1', '--concurrency', '200'), hosts],
		[tlsprobe('', '--timeout', '1s', '--workers', '3', '--concurrency', '100'), hosts.toReversed()],
		[tlsprobe('', '--timeout', '1s', '--ordered'), hosts],
	];
	const expected = all[1]!.read(runs[1]![0]!.stdout, hosts);
	let different = 0;
	for (const [contender, list] of ways) {
		const answers = contender.read((await run(contender, list, folder)).stdout, list);
		different += hosts.filter(({target}) => answers.get(target) !== expected.get(target)).length;
	}

	goal('the same verdicts whatever the workers, the concurrency and the order', different, different === 0, 'different');
}

function withWords(contender: Contender, ...words: readonly string[]): Contender {
	const {command, args} = contender;
	return {
		...contender,
		args: (list, hosts) => (command === process.execPath ? [...args(list, hosts), ...words] : insertAfterSslscan(args(list, hosts), words)),
	};
}

function insertAfterSslscan(args: readonly string[], words: readonly string[]): string[] {
	const place = args.indexOf('sslscan') + 1;
	return [...args.slice(0, place), ...words, ...args.slice(place)];
}

/** Whether silent hosts slow the others down. Each way twice, in turn: a single pair says more of what else the machine does. */
async function silent({population, folder, sizes}: Bench): Promise<void> {
	const {silentSeconds, leftOutSeconds} = sizes;
	const countedSeconds = silentSeconds - leftOutSeconds;
	const rates: [number, number] = [0, 0];
	for (const way of [0, 1, 0, 1] as const) {
		const hosts = makeHosts(4000 * silentSeconds, population, index => (way === 1 && index % 20 === 0 ? 'silent' : 'modern'));
		const {stdout} = await run(tlsprobe('', '--timeout', '3s', '--max-time', `${silentSeconds}s`), hosts, folder);
		const ends = endTimes(stdout);
		const until = Math.min(...ends.slice(0, 100)) + countedSeconds * 1000;
		const rate = ends.filter(end => end <= until).length / countedSeconds;
		rates[way] += rate / 2;
		print(
			`${way === 0 ? '\nno silent hosts' : '5% silent hosts'}, ${silentSeconds} s, the last ${leftOutSeconds} s left out: ${rate.toFixed(0)} hosts/s`,
		);
	}

	const [without, withSilent] = rates;
	goal('at least 85% of the hosts per second with 5% silent ones', withSilent / without, withSilent >= without * 0.85, 'times');
}

function endTimes(stdout: string): number[] {
	return stdout
		.split('\n')
		.filter(line => line !== '' && !line.includes('"not-reached"'))
		.map(line => JSON.parse(line) as Report)
		.map(({startedAt, durationMs}) => Date.parse(startedAt) + durationMs);
}

async function memory({population, folder, sizes}: Bench): Promise<void> {
	print('');
	for (const workers of ['1', String(availableParallelism())]) {
		const peaks: number[] = [];
		for (const count of [sizes.few, sizes.many]) {
			const hosts = makeHosts(count, population, () => 'modern');
			const result = await run(tlsprobe('', '--workers', workers, '--output', '/dev/null'), hosts, folder);
			peaks.push(result.peakBytes ?? Number.NaN);
		}

		const [few, many] = peaks as [number, number];
		print(`peak memory with --workers ${workers}: ${megabytes(few)} at ${sizes.few} hosts, ${megabytes(many)} at ${sizes.many}`);
		goal('peak memory does not grow by more than 15%', many / few, many <= few * 1.15, 'times');
		if (workers === '1') {
			goal('peak memory under 200 MB with one worker', many / 1e6, many < 200e6, 'MB');
		}
	}
}

/** Whether what is bound by waiting goes as fast as the waiting lets it. */
async function waiting({population, folder, sizes}: Bench): Promise<void> {
	print('');
	const hosts = makeHosts(sizes.waiting, population, () => 'waiting');
	for (const concurrency of [8, 16, 32]) {
		const {stdout} = await run(tlsprobe('', '--concurrency', String(concurrency)), hosts, folder);
		const ends = endTimes(stdout);
		const rate = ((ends.length - concurrency) * 1000) / (Math.max(...ends) - Math.min(...ends));
		const bound = (concurrency * 1000) / waitMs;
		print(
			`${waitMs} ms before each answer, ${concurrency} hosts at once: ${rate.toFixed(0)} hosts/s; waiting alone allows ${bound.toFixed(0)}`,
		);
		goal(`${concurrency} at once: bound by concurrency, not by CPU`, rate / bound, rate >= bound * 0.8, 'of what waiting allows');
	}
}

function table(all: readonly Contender[], runs: readonly (readonly Run[])[], hosts: readonly Host[]): void {
	print(`${['hosts/s', 'CPU us/host', 'peak MB', 'wrong'].map(title => title.padStart(12)).join('')}`);
	for (const [index, {name, read}] of all.entries()) {
		const own = runs[index]!;
		const cells = [
			((hosts.length * 1000) / median(own.map(({elapsedMs}) => elapsedMs))).toFixed(1),
			own[0]!.cpu === undefined ? '-' : (median(own.map(({cpu}) => cpu!)) / hosts.length).toFixed(0),
			own[0]!.peakBytes === undefined ? '-' : (Math.max(...own.map(({peakBytes}) => peakBytes!)) / 1e6).toFixed(0),
			String(Math.max(...own.map(({stdout}) => countWrong(read(stdout, hosts), hosts)))),
		];
		print(`${cells.map(cell => cell.padStart(12)).join('')}  ${name}`);
	}

	for (const command of ['sslscan', 'nmap']) {
		if (!isInstalled(command)) {
			print(`${command} is not installed here`);
		}
	}
}

function goal(what: string, value: number | undefined, isReached: boolean, unit: string): void {
	const measured = value === undefined || Number.isNaN(value) ? 'not measured here' : `${Number(value.toFixed(2))} ${unit}`;
	print(`${value === undefined || Number.isNaN(value) ? 'OPEN   ' : isReached ? 'REACHED' : 'MISSED '}  ${what}: ${measured}`);
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(0)} MB`;
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
