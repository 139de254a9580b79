import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import fc from 'fast-check';
import {roundsOf} from '../helpers/depth.js';
import {addresses, gists, lines, makeFolder, readResults} from '../helpers/lists.js';
import {needsTool} from '../helpers/needs-tool.js';
import {startPopulation} from '../helpers/population.js';
import {startRun, startWorker} from '../helpers/queue.js';
import {type Running, startWorkerProcess} from '../helpers/queue-processes.js';
import {startRedis} from '../helpers/redis.js';
import {runInProcess} from '../helpers/run-in-process.js';

const runs = roundsOf(50, 12);

if (needsTool('workers that are killed at random', ['redis-server'])) {
	/** Many small runs at once on one Redis: the time of most is waiting until a worker counts as gone. */
	test(`${runs} runs whose workers are killed at random have the results of one that is not interrupted`, async t => {
		const redis = await startRedis(t);
		const {port} = await startPopulation(t, () => 'modern', {answerAfterMs: 10});
		const list = makeFolder(t)('list.txt', lines(addresses(12).map(address => `${address}:${port}`)));
		const argv = ['--hosts', list, '--versions', '1.2', '--timeout', '30s', '--deadline', '2m', '--json'];
		const expected = gists((await runInProcess(argv)).stdout);
		let isOver = false;
		const carried = Promise.all(
			Array.from({length: runs}, async (_, index) => {
				const environment = {TLSPROBE_QUEUE_LEASE: '1500ms'};
				return startRun([...argv, '--queue', redis.url, '--run', `run-${index}`], environment);
			}),
		).finally(() => {
			isOver = true;
		});
		let worker: Running | undefined;
		for (const [waitMs = 0, signal] of fc.sample(
			fc.tuple(fc.integer({min: 0, max: 600}), fc.constantFrom('SIGKILL' as const, 'SIGSTOP' as const)),
			{seed: 16, numRuns: roundsOf(8, 3)},
		)) {
			if (isOver) {
				break;
			}

			worker = await startWorkerProcess(t, redis.url, ['--concurrency', '2']);
			await sleep(waitMs);
			worker.child.kill(signal);
		}

		await startWorker(t, redis.url);
		for (const {code, stdout} of await carried) {
			const results = readResults(stdout);
			// A chunk that had the bad luck to be with three of them was set aside, whole and in words.
			if (code === 3 && results.every(({reason, problem}) => reason === 'not-reached' && /set aside/.test(problem!))) {
				continue;
			}

			t.is(code, 0);
			t.deepEqual(gists(stdout), expected);
		}

		t.truthy(worker);
	});
}
