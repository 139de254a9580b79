import {readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {partitionOf} from '../../source/engine/partition-of.js';
import {type Pool, startPool} from '../../source/engine/pool.js';
import type {ThreadEntry} from '../../source/engine/pool-member.js';
import {oneSample} from '../../source/probes/versions/sample.js';
import {onLinux} from '../helpers/platforms.js';
import {startPopulation} from '../helpers/population.js';
import {splitOptions} from '../helpers/probe-options.js';

const entry = new URL('../../source/worker.js', import.meta.url);

/** Single executables have processes in place of threads. */
const entries: Readonly<Record<string, ThreadEntry>> = {
	threads: entry,
	processes: {processScript: `import(${JSON.stringify(entry.href)})`},
};

const {options} = splitOptions({
	timeoutMs: 30_000,
	retries: 0,
	maxConnections: 2,
	countsSilent: true,
	samples: oneSample,
	asksLargeHello: false,
});

function start(t: ExecutionContext, threads: number, script: ThreadEntry = entry): Pool {
	const pool = startPool(script, threads, options);
	t.teardown(() => pool.close());
	return pool;
}

const scan = (pool: Pool, address: string, port: number, deadlineMs = 60_000, threads = 1) =>
	pool.scan(
		partitionOf(address, threads),
		{target: {target: `${address}:${port}`, host: address, port}, address, deadlineMs: performance.now() + deadlineMs, listed: undefined},
		options,
	);

for (const [name, one] of Object.entries(entries)) {
	onLinux(`${name} find what this one would, and an address keeps its limit over all targets that have it`, async t => {
		const {port, mostWaiting} = await startPopulation(t, lastByte => (lastByte === 2 ? 'every-version' : 'modern'), {answerAfterMs: 5});
		const pool = start(t, 3, one);
		const addresses = Array.from({length: 60}, (_, index) => `127.0.0.${1 + (index % 3)}`);
		const scanned = await Promise.all(addresses.map(address => scan(pool, address, port, undefined, 3)));
		t.deepEqual(
			scanned.map(({recording}) => `${recording.report.address} ${recording.report.verdict}`),
			addresses.map(address => `${address} ${address === '127.0.0.2' ? 'fail' : 'pass'}`),
		);
		t.deepEqual([...new Set(mostWaiting.values())], [2]);
	});

	test(`a deadline is kept though ${name} have clocks of their own`, async t => {
		const {port} = await startPopulation(t, () => 'silent');
		const startedAt = performance.now();
		const {recording} = await scan(start(t, 1, one), '127.0.0.1', port, 500);
		// A thread may take all of it to start.
		t.regex(recording.report.versions['TLSv1.2']!.reason, /^(?:unanswered|unasked)$/);
		t.true(performance.now() - startedAt < 20_000);
	});

	test(`an abort ends what runs in ${name}`, async t => {
		const {port} = await startPopulation(t, () => 'silent');
		const pool = start(t, 2, one);
		const scans = ['127.0.0.1', '127.0.0.1'].map(address => scan(pool, address, port, undefined, 2));
		pool.abort();
		for (const {recording} of await Promise.all(scans)) {
			t.is(recording.report.verdict, 'inconclusive');
		}
	});
}

test('what a thread throws comes out of every scan that waits for it', async t => {
	const pool = start(t, 1, new URL('data:text/javascript,throw new Error("no thread")'));
	const scans = await Promise.allSettled([scan(pool, '127.0.0.1', 1), scan(pool, '127.0.0.1', 1)]);
	t.deepEqual(
		scans.map(item => (item.status === 'rejected' ? (item.reason as Error).message : item.status)),
		['no thread', 'no thread'],
	);
});

test('a process that ends is told to every scan that waits for it', async t => {
	const pool = start(t, 1, {processScript: 'process.exit(7)'});
	const scans = await Promise.allSettled([scan(pool, '127.0.0.1', 1), scan(pool, '127.0.0.1', 1)]);
	t.deepEqual(
		scans.map(item => (item.status === 'rejected' ? (item.reason as Error).message : item.status)),
		Array(2).fill('a process that probes for this one ended with 7'),
	);
});

onLinux('processes do not get the signals that a terminal sends to the one that started them, and end with the pool', async t => {
	const {port} = await startPopulation(t, () => 'silent');
	const pids = path.join(await mkdtemp(path.join(tmpdir(), 'tlsprobe-pool-')), 'pids');
	t.teardown(() => rm(path.dirname(pids), {recursive: true}));
	const one = `require('node:fs').appendFileSync(${JSON.stringify(pids)}, process.pid + '\\n'); import(${JSON.stringify(entry.href)})`;
	const pool = start(t, 1, {processScript: one});
	const scanned = scan(pool, '127.0.0.1', port, 1000);
	await scanned;
	const pid = Number(readFileSync(pids, 'utf8'));
	const groupOf = (of: number | 'self'): string =>
		readFileSync(`/proc/${of}/stat`, 'utf8')
			.replace(/^.*\) /s, '')
			.split(' ')[2]!;
	t.not(groupOf(pid), groupOf('self'));
	await pool.close();
	t.throws(() => process.kill(pid, 0), {code: 'ESRCH'});
});
