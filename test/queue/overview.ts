import test from 'ava';
import {Queue, QueueEvents} from 'bullmq';
import {writeRecord} from '../../source/queue/run-record.js';
import {needsTool} from '../helpers/needs-tool.js';
import {startWorker} from '../helpers/queue.js';
import {startRedis} from '../helpers/redis.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {coverSchema} from '../helpers/schema-coverage.js';

if (needsTool('queue --json prints each field of its schema', ['redis-server'])) {
	test('queue --json prints each field of its schema, and nothing that others wrote steers a terminal', async t => {
		const redis = await startRedis(t);
		await startWorker(t, redis.url, ['--label', 'eu']);
		const queue = new Queue('targets-eu', {connection: redis.client(), prefix: 'tlsprobe'});
		const events = new QueueEvents('targets-eu', {connection: redis.client(), prefix: 'tlsprobe'});
		t.teardown(() => Promise.all([events.close(), queue.close()]));
		await events.waitUntilReady();
		const byHand = await queue.add('one', {}, {jobId: 'one.x.0.1.1'});
		await t.throwsAsync(byHand.waitUntilFinished(events), {message: /not one of tlsprobe/});
		const time = '2026-03-02T09:30:00.000Z';
		await writeRecord(redis.client(), {
			...{run: 'one', state: 'running', version: '0.0.0', host: 'a\u202E\u001B[31m', startedAt: time, seenAt: time},
			...{labels: ['eu'], offered: 1, written: 0, failed: 1},
		});
		const {stdout} = await runInProcess(['queue', '--queue', redis.url, '--json']);
		const coverage = coverSchema('queue');
		coverage.add(stdout);
		t.deepEqual(coverage.missing(), []);
		t.like(JSON.parse(stdout).runs[0], {run: 'one', host: 'a\u202E\u001B[31m', failures: [{label: 'eu', chunks: 1}]});
		const text = await runInProcess(['queue', '--queue', redis.url]);
		t.regex(text.stdout, /from a\\u\{202e\}\\x1b\[31m since/);
		t.notRegex(stdout + text.stdout, /[\u202E\u001B]/);
	});
}
