import test from 'ava';
import {addresses, lines, makeFolder, readResults} from '../helpers/lists.js';
import {needsTool} from '../helpers/needs-tool.js';
import {startPopulation} from '../helpers/population.js';
import {startCli, startWorkerProcess} from '../helpers/queue-processes.js';
import {startRedis} from '../helpers/redis.js';

const argv = ['--timeout', '60s', '--deadline', '2m', '--retries', '0', '--versions', '1.2', '--json'] as const;

if (needsTool('a worker that gets a signal', ['redis-server'])) {
	test.serial('the first signal lets a worker finish the targets that it has begun, and another worker has the rest', async t => {
		const redis = await startRedis(t);
		const {port, asked, askedAtMs} = await startPopulation(t, () => 'modern', {answerAfterMs: 200});
		const list = makeFolder(t)('list.txt', lines(addresses(240).map(address => `${address}:${port}`)));
		const run = startCli(t, ['--hosts', list, '--queue', redis.url, ...argv]);
		const first = await startWorkerProcess(t, redis.url, ['--concurrency', '4', '--workers', '1']);
		await asked;
		first.child.kill('SIGTERM');
		t.is(await first.ended, 0, first.stderr());
		t.regex(first.stderr(), /ending: what runs is finished, nothing new is taken/);
		const before = askedAtMs.length;
		t.true(before > 0 && before < 240, String(before));
		await startWorkerProcess(t, redis.url);
		t.is(await run.ended, 0, run.stderr());
		t.is(readResults(run.stdout()).length, 240);
		// None was begun twice, and none was cut off.
		t.is(askedAtMs.length, 240);
	});

	test.serial('the second signal ends a worker at once, and its targets are probed by another one', async t => {
		const redis = await startRedis(t);
		let isFirst = true;
		const {port, asked} = await startPopulation(t, () => (isFirst ? 'silent' : 'modern'));
		const list = makeFolder(t)('list.txt', lines(addresses(5).map(address => `${address}:${port}`)));
		const run = startCli(t, ['--hosts', list, '--queue', redis.url, ...argv]);
		const first = await startWorkerProcess(t, redis.url, ['--workers', '1']);
		await asked;
		first.child.kill('SIGTERM');
		await first.said(/press Ctrl-C again to stop immediately/);
		// A target has a minute for its answer.
		const startedAtMs = performance.now();
		first.child.kill('SIGTERM');
		await first.ended;
		t.true(performance.now() - startedAtMs < 20_000);
		t.true(first.child.signalCode === 'SIGTERM' || first.child.exitCode === 143);
		isFirst = false;
		await startWorkerProcess(t, redis.url);
		t.is(await run.ended, 0, run.stderr());
		t.is(readResults(run.stdout()).filter(({verdict}) => verdict === 'pass').length, 5);
	});
}
