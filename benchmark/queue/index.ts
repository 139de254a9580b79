/**
What a queue costs, how it grows with the number of workers, and what one Redis carries. docs/scale.md has the results.

`npm run bench:queue`, or `npm run bench:queue -- cpu`, `scaling` or `redis` for one of them. Linux alone has the addresses of 127.0.0.0/8.
*/
import {type ChildProcess, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {setTimeout} from 'node:timers/promises';
import {defaultOptions, usualProbes} from '../../source/engine/probe-options.js';
import type {Listed} from '../../source/lists/list-targets.js';
import {connect} from '../../source/queue/connect.js';
import {parseRedisPlace} from '../../source/queue/redis-place.js';
import {runQueue} from '../../source/queue/run-queue.js';
import {listWorkers} from '../../source/queue/workers.js';
import {median} from '../median.js';
import {type Bench, cpuOf, hasSaid, hosts, openBench, readIdle, serve} from './servers.js';
import {takeTurns} from './turns.js';

const cli = 'dist/cli.cjs';
const processors = availableParallelism();
const rounds = Number(process.env.ROUNDS ?? 5);
const warmUpMs = 40_000;

if (process.argv[2] === 'serve') {
	await serve(Number(process.argv[3]));
} else {
	const wanted = process.argv.slice(2);
	for (const [name, measure] of Object.entries({cpu: measureCpu, scaling: measureScaling, redis: measureRedis})) {
		if (wanted.length === 0 || wanted.includes(name)) {
			const bench = await openBench();
			try {
				await measure(bench);
			} finally {
				await bench.close();
			}
		}
	}
}

async function startWorkers({start, url}: Bench, count: number, argv: readonly string[]): Promise<readonly ChildProcess[]> {
	const workers = Array.from({length: count}, () => start([cli, 'worker', '--queue', url, ...argv]));
	await Promise.all(workers.map(worker => hasSaid(worker, / is up: /)));
	return workers;
}

/** Runs a command to its end. `ended` has its CPU time in seconds. */
function run({start}: Bench, argv: readonly string[]): {readonly child: ChildProcess; readonly ended: Promise<number>} {
	const child = start([cli, ...argv]);
	let cpu = 0;
	const timer = setInterval(() => {
		cpu = cpuOf(child);
	}, 20);
	child.stderr!.resume();
	const ended = once(child, 'exit').finally(() => clearInterval(timer));
	return {
		child,
		ended: ended.then(([code]) => {
			if (code !== 0) {
				throw new Error(`${argv.join(' ')} ended with ${code}`);
			}

			return cpu;
		}),
	};
}

/**
CPU time of a host: two threads of one process against two workers and the process that writes. Both are run at once, by turns of a second, so that
both have the same machine. Each round gives one ratio.

What is counted is all of both commands, from their start to their end. Workers are there before a run and after it, so they count from when they
are up. Their start is printed as well, and what the whole is with it, and the CPU time of Redis.
*/
async function measureCpu(bench: Bench): Promise<void> {
	const {port} = await bench.serve(0);
	const size = Number(process.env.HOSTS ?? 48_000);
	const list = join(bench.folder, 'list.txt');
	writeFileSync(list, hosts(size, port));
	const argv = ['--hosts', list, '--timeout', '60s', '--deadline', '5m', '--concurrency', '16', '--output'];
	const each = (seconds: number): string => `${((seconds / size) * 1e6).toFixed(0)} us`;
	const found: {readonly more: number; readonly moreWithStart: number}[] = [];
	for (let round = 1; round <= rounds; round++) {
		const workers = await startWorkers(bench, 2, ['--workers', '1']);
		const readWorkers = (): number => sum(workers.map(cpuOf));
		const [ofStart, redisBefore] = [readWorkers(), await bench.cpuOfRedis()];
		const threads = run(bench, [...argv, join(bench.folder, 'threads.jsonl'), '--workers', '2']);
		const writer = run(bench, [...argv, join(bench.folder, 'queue.jsonl'), '--queue', bench.url]);
		const sides = [
			{children: [threads.child], ended: threads.ended},
			{children: [writer.child, ...workers], ended: writer.ended},
		] as const;
		await takeTurns(sides[round % 2]!, sides[(round + 1) % 2]!);
		const [alone, ofWriter, ofWorkers] = [await threads.ended, await writer.ended, readWorkers() - ofStart];
		const ofRedis = (await bench.cpuOfRedis()) - redisBefore;
		const queued = ofWriter + ofWorkers;
		found.push({more: queued / alone - 1, moreWithStart: (queued + ofStart) / alone - 1});
		print(
			`round ${round}: CPU a host ${each(alone)} with --workers 2, ${each(queued)} with a queue (two workers ${each(ofWorkers)}, ` +
				`the process that writes ${each(ofWriter)}), ${percent(queued / alone - 1)} more; ` +
				`not counted: the start of both workers ${ofStart.toFixed(2)} s, Redis ${each(ofRedis)}`,
		);
		for (const worker of workers) {
			worker.kill('SIGKILL');
			await once(worker, 'close');
		}

		await bench.redis.flushall();
	}

	const [more, moreWithStart] = [found.map(round => round.more), found.map(round => round.moreWithStart)];
	print(
		`CPU a host of ${size}, median of ${rounds} rounds: ${percent(median(more))} more with a queue, ` +
			`from ${percent(Math.min(...more))} to ${percent(Math.max(...more))}; with the start of the workers ${percent(median(moreWithStart))} more`,
	);
}

/**
Hosts a second with 200 ms (`ANSWER_MS`) before each answer and 16 at once a worker, in the middle of a list of 100,000: what all workers have done
in `SECONDS`, after the time in which a worker compiles the code that it runs most: the start of 16 workers on few processors is not what is measured.
What the processors have left tells whether they are the limit, and not the queue; what a host takes of them, how many hosts a second they carry at
most, with the servers among them.
*/
async function measureScaling(bench: Bench): Promise<void> {
	const answerMs = Number(process.env.ANSWER_MS ?? 200);
	const {port, child: servers} = await bench.serve(answerMs);
	const seconds = Number(process.env.SECONDS ?? 30);
	const list = join(bench.folder, 'list.txt');
	writeFileSync(list, hosts(100_000, port));
	const done = async (): Promise<readonly number[]> => (await listWorkers(bench.redis)).map(worker => worker.done);
	let before = 0;
	for (const count of [1, 2, 4, 8, 16]) {
		const workers = await startWorkers(bench, count, ['--workers', '1', '--concurrency', '16']);
		const run = bench.start([
			...[cli, '--hosts', list, '--versions', '1.2', '--timeout', '60s', '--deadline', '5m', '--queue', bench.url],
			...['--output', join(bench.folder, 'out.jsonl')],
		]);
		while ((await done()).filter(number => number > 0).length < count) {
			await setTimeout(500);
		}

		await setTimeout(warmUpMs);
		const readCpu = async (): Promise<readonly number[]> => [sum(workers.map(cpuOf)), cpuOf(run), await bench.cpuOfRedis(), cpuOf(servers)];
		const [startedAtMs, idleBefore, cpuBefore, doneBefore] = [performance.now(), readIdle(), await readCpu(), sum(await done())];
		await setTimeout(seconds * 1000);
		const [elapsed, idleAfter, cpuAfter] = [(performance.now() - startedAtMs) / 1000, readIdle(), await readCpu()];
		const hostsDone = sum(await done()) - doneBefore;
		const rate = hostsDone / elapsed;
		const idle = (idleAfter.idle - idleBefore.idle) / (idleAfter.all - idleBefore.all);
		const most = (count * 16 * 1000) / answerMs;
		print(
			`${count} ${count === 1 ? 'worker' : 'workers'}: ${rate.toFixed(1)} hosts/s, ${percent(rate / most)} of the most that the answers allow` +
				`${before === 0 ? '' : `, ${(rate / before).toFixed(2)} times as many`}; processors idle ${percent(idle)}`,
		);
		const each = cpuAfter.map((cpu, place) => ((cpu - cpuBefore[place]!) / hostsDone) * 1e6) as [number, number, number, number];
		const [ofWorkers, ofRun, ofRedis, ofServers] = each.map(us => us.toFixed(0));
		print(
			`  CPU a host: workers ${ofWorkers} us, the process that writes ${ofRun} us, Redis ${ofRedis} us, servers ${ofServers} us; ` +
				`${processors} processors carry ${((processors * 1e6) / sum(each)).toFixed(0)} hosts/s at most`,
		);
		before = rate;
		for (const child of [run, ...workers]) {
			child.kill('SIGKILL');
			await once(child, 'close');
		}

		await bench.redis.flushall();
	}
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}

/** Targets a second and memory of Redis with a probe that does nothing, several runs at once. */
async function measureRedis(bench: Bench): Promise<void> {
	const {port} = await bench.serve(0);
	const total = Number(process.env.TARGETS ?? 10_000_000);
	const {stdout} = spawnSync(process.execPath, [cli, '--json', `127.0.0.1:${port}`], {encoding: 'utf8'});
	const idle = new URL('idle-worker.js', import.meta.url).pathname;
	const workers = Array.from({length: 2}, () => bench.start([idle, bench.url, stdout]));
	await Promise.all(workers.map(worker => hasSaid(worker, / is up: /)));
	const parsed = parseRedisPlace(bench.url, {});
	const connection = await connect(parsed.kind === 'place' ? parsed.place : (undefined as never), {
		leaseMs: 30_000,
		say() {},
		signal: new AbortController().signal,
	});
	const numberOf = async (section: string, name: string): Promise<number> =>
		Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(await bench.redis.info(section))![1]);
	let most = 0;
	const timer = setInterval(() => void numberOf('memory', 'used_memory').then(bytes => (most = Math.max(most, bytes))), 100);
	const [startedAt, cpuBefore, ownBefore] = [performance.now(), await bench.cpuOfRedis(), process.cpuUsage()];
	let written = 0;
	await runQueue(targets(total, port), connection, {
		run: 'bench',
		digest: 'bench',
		labels: [undefined],
		probe: {...defaultOptions, probes: usualProbes({versions: ['TLSv1.2']}), toolVersion: '0.0.0'},
		isMail: false,
		concurrency: undefined,
		perSecond: undefined,
		chunkSize: 256,
		isOrdered: false,
		stop: new AbortController().signal,
		cut: new AbortController().signal,
		leaseMs: 10_000,
		say() {},
		onCancelled() {},
		onRunning() {},
		onResult() {
			written += 1;
			return undefined;
		},
	});
	clearInterval(timer);
	const elapsed = (performance.now() - startedAt) / 1000;
	const redisCpu = (await bench.cpuOfRedis()) - cpuBefore;
	const {user, system} = process.cpuUsage(ownBefore);
	connection.close();
	print(`${written} targets in ${elapsed.toFixed(1)} s: ${(written / elapsed).toFixed(0)} a second with one producer and two workers`);
	print(
		`CPU a target: Redis ${((redisCpu / written) * 1e6).toFixed(2)} us (${(written / redisCpu).toFixed(0)} targets a second of its CPU), ` +
			`producer ${((user + system) / written).toFixed(2)} us, ` +
			`workers ${((workers.reduce((sum, worker) => sum + cpuOf(worker), 0) / written) * 1e6).toFixed(2)} us`,
	);
	print(`memory of Redis: ${(most / 1e6).toFixed(1)} MB at most`);
}

async function* targets(count: number, port: number): AsyncGenerator<Listed> {
	for (let position = 0; position < count; position++) {
		const host = `10.${(position >> 16) & 255}.${(position >> 8) & 255}.${position & 255}`;
		const target = {target: `${host}:${port}`, host, port};
		yield {position, entry: {kind: 'target', target, overrides: {}, source: {file: 'bench', line: 1}}};
	}
}

function percent(share: number): string {
	return `${(share * 100).toFixed(1)}%`;
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
