import test from 'ava';
import {type Job, Worker} from 'bullmq';
import {writeReport} from '../../source/engine/write-report.js';
import type {Chunk} from '../../source/queue/job.js';
import {packResults} from '../../source/queue/pack.js';
import {briefly, lines, readResults} from '../helpers/lists.js';
import {needsTool} from '../helpers/needs-tool.js';
import {startRedis} from '../helpers/redis.js';
import {runInProcess} from '../helpers/run-in-process.js';

if (needsTool('a worker that leaves something out', ['redis-server'])) {
	test('what a worker leaves out is given to the queue again, and comes at its place of the list', async t => {
		const redis = await startRedis(t);
		const [sample] = readResults((await runInProcess(['--json', ...briefly, '127.0.0.1:1'])).stdout);
		const worker = new Worker('targets', null, {connection: redis.client(), prefix: 'tlsprobe', autorun: false});
		t.teardown(() => worker.close(true));
		/** Returns what it is asked for, but for the position. @returns The id of the job. */
		const answer = async (leftOut?: number): Promise<string> => {
			let job: Job | undefined;
			while (job === undefined) {
				job = await worker.getNextJob('token');
			}

			const results = (job.data as Chunk).targets
				.filter(({position}) => position !== leftOut)
				.map(({position, target}) => {
					const host = target.split(':')[0]!;
					const report = writeReport({...sample!, target, host, address: host, position});
					return {position, target: {target, host, port: 1}, reports: [report], skipped: [], verdict: 'inconclusive' as const};
				});
			await job.moveToCompleted(packResults({worker: 'by hand', results}), 'token', false);
			return job.id!;
		};

		const argv = ['--hosts', '-', '--queue', redis.url, '--json', '--ordered', '--run', 'one', ...briefly];
		const input = lines(['127.1.0.0:1', '127.1.0.1:1', '127.1.0.2:1']);
		const ids: string[] = [];
		const {stdout, stderr} = await runInProcess(argv, {
			input,
			environment: {TLSPROBE_QUEUE_LEASE: '2s'},
			async meanwhile() {
				ids.push(await answer(1), await answer());
			},
		});
		t.deepEqual(
			readResults(stdout).map(({position}) => position),
			[0, 1, 2],
			stderr,
		);
		t.deepEqual(
			ids.map(id => id.replace(/^one\.[\da-f]+\./, '')),
			['0.1.1', '0.1.2'],
		);
	});
}
