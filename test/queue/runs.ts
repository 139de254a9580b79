import {readFileSync, writeFileSync} from 'node:fs';
import test from 'ava';
import {addresses, gists, lines, makeFolder, readResults} from '../helpers/lists.js';
import {needsTool} from '../helpers/needs-tool.js';
import {startPopulation} from '../helpers/population.js';
import {essence, startRun, startWorker} from '../helpers/queue.js';
import {startRedis} from '../helpers/redis.js';
import {runInProcess} from '../helpers/run-in-process.js';

/** A busy machine is slow, which is not what these tests are about. */
const patiently = ['--timeout', '30s', '--deadline', '2m', '--concurrency', '8'] as const;
const environment = {TLSPROBE_QUEUE_LEASE: '2s'};

if (needsTool('a list on a queue', ['redis-server'])) {
	test.serial('two workers return what one machine does, host by host', async t => {
		const redis = await startRedis(t);
		const {port} = await startPopulation(t, lastByte => (lastByte % 10 === 3 ? 'every-version' : 'modern'));
		const at = makeFolder(t);
		// Several chunks, duplicates, lines that are no targets, and columns that are carried.
		const rows = addresses(530).map((address, index) => `${address}:${port},site ${index},${index % 7 === 0 ? 'example.com' : ''}`);
		const list = at('list.csv', lines(['host,site,servername', ...rows, rows[5]!, 'no host,x,', rows[9]!]));
		const argv = ['--hosts', list, ...patiently, '--format', 'jsonl'];
		// In order, so that the summary names the same targets as the first ones.
		const alone = await runInProcess([...argv, '--ordered']);
		await Promise.all([startWorker(t, redis.url), startWorker(t, redis.url, ['--workers', '1'])]);
		const queued = await runInProcess([...argv, '--queue', redis.url], {environment});
		t.is(queued.code, alone.code);
		t.is(readResults(queued.stdout).length, 531);
		t.deepEqual(essence(queued.stdout), essence(alone.stdout));

		const ordered = await runInProcess([...argv, '--queue', redis.url, '--ordered'], {environment});
		const summary = (text: string): string => text.replaceAll(/ in [\d.]+ m?s, [\d,.]+\/s|^Slowest(?:.|\n)*$/gm, '');
		t.is(summary(ordered.stderr), summary(alone.stderr));
		const positions = readResults(ordered.stdout).map(({position}) => position!);
		t.deepEqual(
			positions,
			positions.toSorted((one, other) => one - other),
		);
		t.is(positions.length, 531);
		// Nothing of the runs is left.
		const left = await redis.client().keys('tlsprobe:*');
		t.deepEqual(
			left.filter(key => !/:(?:meta|id|events|labels|marker|stalled|stalled-check)$|:worker:/.test(key)),
			[],
		);
	});

	test.serial('a run goes on where an earlier one was cut off', async t => {
		const redis = await startRedis(t);
		const {port} = await startPopulation(t, () => 'modern');
		const at = makeFolder(t);
		const list = at('list.txt', lines(addresses(600).map(address => `${address}:${port}`)));
		const file = at('results.jsonl');
		await startWorker(t, redis.url);
		const argv = ['--hosts', list, '--output', file, '--queue', redis.url, '--resume', ...patiently, '--versions', '1.2'];
		t.is((await runInProcess(argv, {environment})).code, 0);
		const whole = readFileSync(file, 'utf8');
		writeFileSync(file, whole.slice(0, whole.length / 2));
		t.is((await runInProcess(argv, {environment})).code, 0);
		t.deepEqual(gists(readFileSync(file, 'utf8')), gists(whole));
	});

	test.serial('every target is probed from each label, and reports say from which', async t => {
		const redis = await startRedis(t);
		const {port} = await startPopulation(t, () => 'modern');
		// To one of them the servers are out of reach but for one.
		await Promise.all([
			startWorker(t, redis.url, ['--label', 'eu']),
			startWorker(t, redis.url, ['--label', 'us', '--allow', '127.1.0.0/31']),
			startWorker(t, redis.url),
		]);
		const list = `127.1.0.0:${port}\n127.1.0.1:${port}\n127.1.0.2:${port}\n`;
		const argv = ['--hosts', '-', '--queue', redis.url, '--from', 'eu,us', '--ordered', ...patiently];
		const {code, stdout} = await runInProcess([...argv, '--json'], {input: list, environment});
		t.is(code, 3);
		t.deepEqual(
			readResults(stdout).map(({target, from, verdict, addressCount}) => [target, from, verdict, addressCount]),
			[
				[`127.1.0.0:${port}`, 'eu', 'pass', 2],
				[`127.1.0.0:${port}`, 'us', 'pass', 2],
				[`127.1.0.1:${port}`, 'eu', 'pass', 2],
				[`127.1.0.1:${port}`, 'us', 'pass', 2],
				[`127.1.0.2:${port}`, 'us', 'inconclusive', undefined],
			],
		);
		t.regex(readResults(stdout).at(-1)!.problem!, /may not connect to 127\.1\.0\.2$/);
		const table = await runInProcess([...argv, '--format', 'table'], {input: list, environment});
		t.regex(table.stdout, /127\.1\.0\.0 from eu, 127\.1\.0\.0 from us/);
	});

	test.serial('all workers together keep to the rate', async t => {
		const redis = await startRedis(t);
		const {port, askedAtMs} = await startPopulation(t, () => 'modern');
		await Promise.all([startWorker(t, redis.url, ['--label', 'a']), startWorker(t, redis.url, ['--label', 'b'])]);
		const list = lines(addresses(20).map(address => `${address}:${port}`));
		const argv = ['--hosts', '-', '--queue', redis.url, '--from', 'a,b', '--rate', '40', '--versions', '1.2'];
		const startedAtMs = performance.now();
		t.is((await runInProcess(argv, {input: list, environment})).code, 0);
		t.is(askedAtMs.length, 40);
		// 40 connections are 39 gaps of 25 ms, whichever worker makes them. Timers are up to 1 ms early. A busy machine notes connections late,
		// so the time counts from the start of the run.
		t.true(Math.max(...askedAtMs) - startedAtMs > 39 * 25 - 20);
	});

	test.serial('--concurrency of a worker holds over all of its runs', async t => {
		const redis = await startRedis(t);
		const {port, mostAtOnce} = await startPopulation(t, () => 'modern', {answerAfterMs: 50});
		await startWorker(t, redis.url, ['--concurrency', '3', '--workers', '1']);
		const at = makeFolder(t);
		const list = at('list.txt', lines(addresses(40).map(address => `${address}:${port}`)));
		const argv = ['--hosts', list, '--queue', redis.url, '--json', '--versions', '1.2', '--timeout', '30s', '--deadline', '2m'];
		const both = await Promise.all(['one', 'other'].map(run => startRun([...argv, '--run', run], environment)));
		t.deepEqual(
			both.map(({code, stdout}) => [code, readResults(stdout).length]),
			[
				[0, 40],
				[0, 40],
			],
		);
		t.is(mostAtOnce(), 3);
	});

	test.serial('a run that was cut short leaves no jobs, and a record for as long as workers may read it', async t => {
		const redis = await startRedis(t);
		const {port} = await startPopulation(t, () => 'every-version');
		await startWorker(t, redis.url, ['--workers', '1']);
		const list = lines(addresses(300).map(address => `${address}:${port}`));
		const argv = ['--hosts', '-', '--queue', redis.url, '--bail', '--json', '--run', 'cut', ...patiently];
		t.is((await runInProcess(argv, {input: list, environment})).code, 1);
		const client = redis.client();
		t.is(await client.hget('tlsprobe:run:cut', 'state'), 'cancelled');
		t.true((await client.pttl('tlsprobe:run:cut')) <= 60 * 60 * 1000);
		const shown = await runInProcess(['queue', '--queue', redis.url]);
		t.regex(shown.stdout, / {2}cut {2}cancelled/);
		// The worker reads that it is cancelled, and removes what it has of it.
		while ((await client.keys('tlsprobe:targets:cut.*')).length > 0) {}
		await client.del('tlsprobe:run:cut');
		t.regex((await runInProcess(['queue', '--queue', redis.url])).stdout, /: 0 runs, 1 worker\n/);
		t.is(await client.zcard('tlsprobe:runs'), 0);
	});
}
