import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {roundsOf} from '../helpers/depth.js';
import {addresses, gists, lines, makeFolder, readResults} from '../helpers/lists.js';
import {needsTool} from '../helpers/needs-tool.js';
import {startPopulation} from '../helpers/population.js';
import {startCli, startWorkerProcess} from '../helpers/queue-processes.js';
import {startRedis} from '../helpers/redis.js';
import {runCli} from '../helpers/run-cli.js';

/** One connection a host; a busy machine is slow, which is not what these tests are about. */
const patiently = ['--timeout', '30s', '--deadline', '2m', '--versions', '1.2', '--concurrency', '8', '--json'] as const;

/** Of several chunks of 256. */
const count = roundsOf(900, 520);

if (needsTool('a queue whose processes fail', ['redis-server'])) {
	test.serial('workers that are killed, and a Redis that is killed and started again, lose nothing and write nothing twice', async t => {
		const redis = await startRedis(t, {isDurable: true});
		const {port} = await startPopulation(t, () => 'modern', {answerAfterMs: 20});
		const list = makeFolder(t)('list.txt', lines(addresses(count).map(address => `${address}:${port}`)));
		const run = startCli(t, ['--hosts', list, '--queue', redis.url, ...patiently]);
		const first = await startWorkerProcess(t, redis.url);
		const stopped = await startWorkerProcess(t, redis.url);
		first.child.kill('SIGKILL');
		// It hangs, as on a machine that is suspended, and goes on when its chunk is another's.
		stopped.child.kill('SIGSTOP');
		const last = await startWorkerProcess(t, redis.url);
		await redis.stop();
		await run.said(/does not answer/);
		await last.said(/does not answer/);
		await redis.start();
		await run.said(/answers again/);
		stopped.child.kill('SIGCONT');
		t.is(await run.ended, 0, run.stderr());
		t.is(readResults(run.stdout()).length, count);
		t.deepEqual(gists(run.stdout()), gists((await runCli(['--hosts', list, ...patiently])).stdout));
		t.is(run.stderr().match(/does not answer/g)?.length, 1);
		last.child.kill('SIGTERM');
		t.is(await last.ended, 0);
		t.regex(last.stderr(), /ending: what runs is finished/);
	});

	test.serial('a Redis that is away for longer than a worker may be silent is waited for, and no target is probed twice', async t => {
		const redis = await startRedis(t, {isDurable: true});
		const {port, asked, askedAtMs} = await startPopulation(t, () => 'modern', {answerAfterMs: 300});
		const list = makeFolder(t)('list.txt', lines(addresses(120).map(address => `${address}:${port}`)));
		const run = startCli(t, ['--hosts', list, '--queue', redis.url, ...patiently, '--retries', '0']);
		const worker = await startWorkerProcess(t, redis.url);
		await asked;
		await redis.stop();
		await Promise.all([run.said(/does not answer/), worker.said(/does not answer/)]);
		// Locks have run out by then: twice the lease of 1.5 s, as a minute is twice the usual one.
		await sleep(3000);
		await redis.start();
		t.is(await run.ended, 0, run.stderr());
		t.is(readResults(run.stdout()).length, 120);
		t.is(askedAtMs.length, 120);
		for (const said of [run.stderr(), worker.stderr()]) {
			t.is(said.match(/does not answer \(.*\); waiting for it/g)?.length, 1, said);
			t.is(said.match(/answers again/g)?.length, 1, said);
			t.notRegex(said, /left to another worker|not finished here/);
		}
	});

	test.serial('a producer that is killed is followed by one that waits for its lock, and a second one is refused', async t => {
		const redis = await startRedis(t);
		const {port} = await startPopulation(t, () => 'modern', {answerAfterMs: 400});
		const at = makeFolder(t);
		const list = at('list.txt', lines(addresses(300).map(address => `${address}:${port}`)));
		const argv = ['--hosts', list, '--queue', redis.url, '--run', 'nightly', ...patiently, '--resume', '--output'];
		await startWorkerProcess(t, redis.url);
		// Longer than a process takes to start on a busy machine.
		const longer = {TLSPROBE_QUEUE_LEASE: '8s'};
		const killed = startCli(t, [...argv, at('results.jsonl'), '--progress'], longer);
		await killed.said(/\d/);
		const second = await runCli([...argv, at('other.jsonl')], {environment: longer});
		t.is(second.code, 2);
		t.regex(second.stderr, /run nightly is carried out by \S+, since \d{4}-\d\d-\d\dT[\d:.]+Z; wait until it ends/);
		killed.child.kill('SIGKILL');
		await killed.ended;
		const next = startCli(t, [...argv, at('results.jsonl')], longer);
		t.is(await next.ended, 0, next.stderr());
		t.is(next.stderr().match(/waiting up to 8 s/g)?.length, 1);
		const results = readResults(readFileSync(at('results.jsonl'), 'utf8'));
		t.is(results.length, 300);
		t.is(new Set(results.map(({position}) => position)).size, 300);
	});

	test.serial('a producer that was stopped for too long does not write what another one has', async t => {
		const redis = await startRedis(t);
		const list = makeFolder(t)('list.txt', lines(addresses(10).map(address => `${address}:1`)));
		const argv = ['--hosts', list, '--queue', redis.url, '--run', 'one', ...patiently];
		const stopped = startCli(t, argv);
		await stopped.said(/no worker without a label is there/);
		stopped.child.kill('SIGSTOP');
		const next = startCli(t, argv);
		await next.said(/no worker without a label is there/);
		stopped.child.kill('SIGCONT');
		t.is(await stopped.ended, 2);
		t.regex(stopped.stderr(), /this process was stopped for too long/);
		await startWorkerProcess(t, redis.url);
		t.is(await next.ended, 3);
		t.is(readResults(next.stdout()).length, 10);
	});

	test.serial('a chunk that ends its worker three times is set aside, and its targets are not reached', async t => {
		const redis = await startRedis(t);
		const population = await startPopulation(t, () => 'modern');
		const poison = await startPopulation(t, () => {
			worker.child.kill('SIGKILL');
			return 'silent';
		});
		const hosts = addresses(600).map((address, index) => `${address}:${index === 300 ? poison.port : population.port}`);
		const list = makeFolder(t)('list.txt', lines(hosts));
		const run = startCli(t, ['--hosts', list, '--queue', redis.url, '--run', 'bad', ...patiently]);
		let worker = await startWorkerProcess(t, redis.url);
		for (let kills = 0; kills < 3; kills++) {
			await worker.ended;
			worker = await startWorkerProcess(t, redis.url);
		}

		t.is(await run.ended, 3, run.stderr());
		const results = readResults(run.stdout());
		const unreached = results.filter(({reason}) => reason === 'not-reached');
		t.is(results.length, 600);
		t.deepEqual(
			unreached.map(({position}) => position),
			Array.from({length: 256}, (_, index) => 256 + index),
		);
		t.regex(unreached[0]!.problem!, /was set aside: three workers that had it stopped answering/);
		// The results before: --resume goes by that.
		t.true(results.slice(0, 344).every(({reason}) => reason === undefined));
		const shown = await runCli(['queue', '--queue', redis.url]);
		t.regex(shown.stdout, /bad {2}over.*\n.*\n.*1 failed\n.*failed {3}1: .*set aside/);
		t.regex((await runCli(['queue', '--queue', redis.url, '--retry', 'bad'])).stdout, /1 chunk runs again/);
		await worker.ended;
		t.is((await runCli(['queue', '--queue', redis.url, '--retry', 'worse'])).code, 2);
	});

	test.serial('a slow reader of the results slows the workers down, and Redis holds a bounded number of chunks', async t => {
		const redis = await startRedis(t);
		const {port} = await startPopulation(t, () => 'modern');
		// Nothing answers there: a target takes no time.
		const list = makeFolder(t)('list.txt', '127.3.0.0/16:1\n');
		await startWorkerProcess(t, redis.url);
		const run = startCli(t, ['--hosts', list, '--queue', redis.url, ...patiently, '--retries', '0']);
		run.pause();
		const client = redis.client();
		const jobs = async (): Promise<number> => (await client.keys('tlsprobe:targets:*.*.*')).filter(key => !key.endsWith(':lock')).length;
		let most = 0;
		for (let looks = 0; looks < roundsOf(40, 16) && (await client.zcard('tlsprobe:targets:completed')) < 40; looks++) {
			most = Math.max(most, await jobs());
			await sleep(250);
		}

		t.true(most > 0 && most <= 48, String(most));
		run.child.kill('SIGINT');
		run.resume();
		t.is(await run.ended, 130);
		t.is(await jobs(), 0);
		t.truthy(port);
	});
}
