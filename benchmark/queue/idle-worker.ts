/** A worker whose probe does nothing: it returns a result of the usual size for each target at once. */

import {randomUUID} from 'node:crypto';
import process from 'node:process';
import {connect} from '../../source/queue/connect.js';
import type {Chunk} from '../../source/queue/job.js';
import {prefix, queueName} from '../../source/queue/keys.js';
import {pack} from '../../source/queue/pack.js';
import {parseRedisPlace} from '../../source/queue/redis-place.js';

process.on('disconnect', () => process.exit());
const [url = '', text = ''] = process.argv.slice(2);
const report = JSON.parse(text) as {readonly port: number};
const parsed = parseRedisPlace(url, {});
if (parsed.kind === 'invalid') {
	throw new Error(parsed.problem);
}

const {bullmq, redis} = await connect(parsed.place, {say() {}, leaseMs: 30_000, signal: new AbortController().signal});
const worker = new bullmq.Worker(queueName(undefined), null, {connection: redis, prefix, skipVersionCheck: true} as ConstructorParameters<
	typeof bullmq.Worker
>[2]);
process.stderr.write('idle worker is up: \n');
for (;;) {
	const token = randomUUID();
	const job = await worker.getNextJob(token);
	if (job !== undefined) {
		const {targets} = job.data as Chunk;
		const results = targets.map(({position, target}) => {
			const host = target.slice(0, target.lastIndexOf(':'));
			return {
				position,
				target: {target, host, port: report.port},
				reports: [{...report, target, host, address: host, position}],
				skipped: [],
				verdict: 'pass',
			};
		});
		await job.moveToCompleted(pack({worker: 'idle', results}), token, false);
	}
}
