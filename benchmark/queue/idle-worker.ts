/** A worker whose probe does nothing: it returns a result of the usual size for each target at once. */

import {randomInt, randomUUID} from 'node:crypto';
import process from 'node:process';
import type {Report} from '../../source/engine/report.js';
import {connect} from '../../source/queue/connect.js';
import type {Chunk} from '../../source/queue/job.js';
import {prefix, queueName} from '../../source/queue/keys.js';
import {packResults} from '../../source/queue/pack.js';
import {parseRedisPlace} from '../../source/queue/redis-place.js';

process.on('disconnect', () => process.exit());
const [url = '', text = ''] = process.argv.slice(2);
const report = JSON.parse(text) as Report;
/** As of different servers: no two take the same time. */
const reports = Array.from({length: 1000}, (_, index) => ({
	...report,
	versions: Object.fromEntries(Object.entries(report.versions).map(([name, version]) => [name, {...version, durationMs: randomMs()}])),
	startedAt: new Date(Date.now() + index).toISOString(),
	durationMs: randomMs(),
}));
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
				reports: [{...reports[position % reports.length]!, target, host, address: host, position}],
				skipped: [],
				verdict: 'pass' as const,
			};
		});
		await job.moveToCompleted(packResults({worker: 'idle', results}), token, false);
	}
}

/** In tenths of a millisecond, as reports have it. */
function randomMs(): number {
	return randomInt(1, 1000) / 10;
}
