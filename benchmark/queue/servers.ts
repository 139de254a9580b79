/** Redis and servers on loopback, for as long as a measurement takes. */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {Redis} from 'ioredis';
import {startPopulation} from '../../test/helpers/population.js';

export type Bench = {
	readonly folder: string;
	readonly url: string;
	readonly redis: Redis;
	/** Starts a program of this project; it ends with the measurement. */
	readonly start: (argv: readonly string[], environment?: Readonly<Record<string, string>>) => ChildProcess;
	/** Addresses of 127.0.0.0/8 whose servers wait for so long before each answer. */
	readonly serve: (answerAfterMs: number) => Promise<{readonly port: number; readonly child: ChildProcess}>;
	/** User and system time of Redis so far, in seconds. */
	readonly cpuOfRedis: () => Promise<number>;
	readonly close: () => Promise<void>;
};

export async function openBench(): Promise<Bench> {
	const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-bench-'));
	const path = join(folder, 'redis.sock');
	const children: ChildProcess[] = [];
	const spawned = (program: string, argv: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess => {
		const child = spawn(program, argv, {
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
			env: {...process.env, TLSPROBE_QUEUE_LEASE: '10s', ...environment},
		});
		children.push(child);
		return child;
	};

	spawned('redis-server', [
		'--port',
		'0',
		'--unixsocket',
		path,
		'--dir',
		folder,
		'--save',
		'',
		'--appendonly',
		'no',
		'--maxmemory-policy',
		'noeviction',
	]);
	const redis = new Redis({path, maxRetriesPerRequest: null});
	redis.on('error', () => {});
	await redis.ping();
	return {
		folder,
		url: `unix://${path}`,
		redis,
		start: (argv, environment) => spawned(process.execPath, argv, environment),
		async serve(answerAfterMs) {
			const child = spawned(process.execPath, [process.argv[1]!, 'serve', String(answerAfterMs)]);
			const [port] = (await once(child, 'message')) as [number];
			return {port, child};
		},
		async cpuOfRedis() {
			const info = await redis.info('cpu');
			return ['user', 'sys'].reduce((sum, name) => sum + Number(new RegExp(`^used_cpu_${name}:([\\d.]+)`, 'm').exec(info)![1]), 0);
		},
		async close() {
			redis.disconnect();
			for (const child of children) {
				child.kill('SIGKILL');
			}

			rmSync(folder, {recursive: true, force: true});
		},
	};
}

/** What a process of servers does. It ends with the process that started it. */
export async function serve(answerAfterMs: number): Promise<void> {
	process.on('disconnect', () => process.exit());
	const {port} = await startPopulation({teardown() {}} as unknown as Parameters<typeof startPopulation>[0], () => 'modern', {
		answerAfterMs,
	});
	process.send!(port);
}

/** User and system time of a process so far, in seconds, with those of its threads. Linux alone tells it. */
export function cpuOf({pid}: ChildProcess): number {
	const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /s, '')
		.split(' ')
		.slice(11, 13)
		.map(Number) as [number, number];
	return (user + system) / 100;
}

/** Of all processors of the machine, whoever uses them, in hundredths of a second. */
export type IdleTime = {readonly idle: number; readonly all: number};

/** Linux alone tells it. */
export function readIdle(): IdleTime {
	const times = /^cpu +(.+)$/m.exec(readFileSync('/proc/stat', 'utf8'))![1]!.split(' ').slice(0, 8).map(Number);
	return {idle: times[3]! + times[4]!, all: times.reduce((sum, time) => sum + time, 0)};
}

/** Resolves when standard error of a process matches. */
export const hasSaid = (child: ChildProcess, pattern: RegExp): Promise<void> =>
	new Promise((resolve, reject) => {
		let said = '';
		child.stderr!.setEncoding('utf8').on('data', (text: string) => {
			said += text;
			if (pattern.test(said)) {
				resolve();
			}
		});
		child.once('exit', () => reject(new Error(said)));
	});

/** Addresses of 127.0.0.0/8, one after the other. */
export const hosts = (count: number, port: number): string =>
	Array.from({length: count}, (_, index) => `127.${1 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}:${port}\n`).join('');
