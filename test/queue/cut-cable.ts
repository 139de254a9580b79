import test from 'ava';
import {startCable} from '../helpers/cable.js';
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

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

if (needsTool('a queue behind a cable that is cut', ['redis-server'])) {
	test.serial('workers whose connection goes silent lose nothing: one comes back, and one does not', async t => {
		const redis = await startRedis(t);
		const path = redis.url.slice('unix://'.length);
		const {port, asked} = await startPopulation(t, () => 'modern', {answerAfterMs: 150});
		const [mended, lost] = [await startCable(t, path), await startCable(t, path)];
		const list = makeFolder(t)('list.txt', lines(addresses(count).map(address => `${address}:${port}`)));
		const back = await startWorkerProcess(t, `redis://127.0.0.1:${mended.port}`);
		const away = await startWorkerProcess(t, `redis://127.0.0.1:${lost.port}`);
		const run = startCli(t, ['--hosts', list, '--queue', redis.url, ...patiently]);
		await asked;
		mended.cut();
		lost.cut();
		await Promise.all([back.said(/does not answer \(no answer for 3 s\)/), away.said(/does not answer \(no answer for 3 s\)/)]);
		mended.mend();
		await back.said(/answers again/);
		t.is(await run.ended, 0, run.stderr());
		t.is(readResults(run.stdout()).length, count);
		t.deepEqual(gists(run.stdout()), gists((await runCli(['--hosts', list, ...patiently])).stdout));
		t.is(countOf(run.stderr(), /does not answer/g), 0);
		for (const worker of [back, away]) {
			t.is(countOf(worker.stderr(), /does not answer/g), 1, worker.stderr());
		}

		t.is(countOf(back.stderr(), /answers again/g), 1, back.stderr());
		t.is(countOf(away.stderr(), /answers again/g), 0, away.stderr());
	});

	test.serial('a producer whose connection goes silent goes on when it is back, and writes nothing twice', async t => {
		const redis = await startRedis(t);
		const {port, asked} = await startPopulation(t, () => 'modern', {answerAfterMs: 50});
		const cable = await startCable(t, redis.url.slice('unix://'.length));
		const list = makeFolder(t)('list.txt', lines(addresses(count).map(address => `${address}:${port}`)));
		const worker = await startWorkerProcess(t, redis.url);
		const run = startCli(t, ['--hosts', list, '--queue', `redis://127.0.0.1:${cable.port}`, ...patiently]);
		await asked;
		cable.cut();
		await run.said(/does not answer \(no answer for 3 s\)/);
		cable.mend();
		t.is(await run.ended, 0, run.stderr());
		t.is(readResults(run.stdout()).length, count);
		t.deepEqual(gists(run.stdout()), gists((await runCli(['--hosts', list, ...patiently])).stdout));
		t.is(countOf(run.stderr(), /does not answer/g), 1, run.stderr());
		t.is(countOf(run.stderr(), /answers again/g), 1, run.stderr());
		t.is(countOf(worker.stderr(), /does not answer/g), 0);
	});
}
