import {createHash, randomBytes} from 'node:crypto';
import {statSync} from 'node:fs';
import {resolve} from 'node:path';
import {isDeep} from '../../engine/is-deep.js';
import type {TargetResult} from '../../engine/probe-target.js';
import type {Listed} from '../../lists/list-targets.js';
import type {QueueConnection} from '../../queue/connect.js';
import {isRunName} from '../../queue/keys.js';
import type {RedisPlace} from '../../queue/redis-place.js';
import {type Context, UsageError} from '../command.js';
import {readLabel, readLeaseMs, readPlace} from '../read-queue.js';
import type {ListFlags} from './probe-flags.js';
import type {Plan} from './read-plan.js';

/** Targets in a chunk: so many are probed again where a worker is lost. */
const usualChunk = 256;
const deepChunk = 32;

/** A run that workers carry out. */
export type QueuePlan = {
	readonly place: RedisPlace;
	readonly labels: readonly (string | undefined)[];
	readonly leaseMs: number;
	readonly run: string;
	readonly digest: string;
};

/**
@returns Undefined without a queue.
@throws {UsageError} For flags that mean nothing with a queue, or without one.
*/
export function planQueue(targets: readonly string[], values: ListFlags, plan: Plan, context: Context): QueuePlan | undefined {
	const {from = []} = values;
	if (values.queue === undefined) {
		const flag = values.run === undefined ? (from.length === 0 ? undefined : '--from') : '--run';
		if (flag !== undefined) {
			throw new UsageError(`${flag} goes with --queue URL`);
		}

		return undefined;
	}

	if (values.workers !== undefined) {
		throw new UsageError('--workers does not go with --queue: threads belong to each worker, as in tlsprobe worker --workers N');
	}

	if (values.run !== undefined && !isRunName(values.run)) {
		throw new UsageError(`--run takes a name of letters, digits, -, _ and ., up to 64 long, not ${JSON.stringify(values.run)}`);
	}

	const labels = [...new Set(from.flatMap(text => text.split(',')).map(text => readLabel('--from', text)))];
	const digest = digestOf(targets, values, plan, labels);
	return {
		place: readPlace(values.queue, context),
		labels: labels.length === 0 ? [undefined] : labels,
		leaseMs: readLeaseMs(context),
		run: values.run ?? digest,
		digest: digest.slice(0, 8),
	};
}

/** What the targets of the run and their results depend on. Standard input is a new list each time, unless the run has a name. */
function digestOf(targets: readonly string[], {hosts, mx, run}: ListFlags, {probe, shard}: Plan, labels: readonly string[]): string {
	const inputs = hosts.map(path => {
		if (path === '-') {
			return run === undefined ? randomBytes(16).toString('hex') : path;
		}

		const {size, mtimeMs} = statSync(path);
		return [resolve(path), size, mtimeMs];
	});
	return createHash('sha256')
		.update(JSON.stringify([targets, inputs, mx ?? false, probe, shard ?? null, labels]))
		.digest('hex')
		.slice(0, 12);
}

type QueueRun = {
	readonly isOrdered: boolean;
	readonly stop: AbortSignal;
	readonly cut: AbortSignal;
	readonly warn: (text: string) => void;
	readonly onCancelled: () => void;
	readonly onRunning: (change: number) => void;
	readonly onResult: (result: TargetResult) => Promise<void> | undefined;
};

/** Loads what connects to Redis. */
export async function connectQueue(
	{place, leaseMs}: QueuePlan,
	{warn, signal}: Pick<Context, 'warn' | 'signal'>,
): Promise<QueueConnection> {
	const {connect} = await import('../../queue/connect.js');
	return connect(place, {say: warn, leaseMs, signal});
}

/** Probe what lists hold, by the workers of a queue. */
export async function runOnQueue(
	listed: AsyncIterable<Listed>,
	connection: QueueConnection,
	queue: QueuePlan,
	plan: Plan,
	isMail: boolean,
	{warn, ...others}: QueueRun,
): Promise<void> {
	const {runQueue} = await import('../../queue/run-queue.js');
	const {run, digest, labels, leaseMs} = queue;
	await runQueue(listed, connection, {
		...others,
		run,
		digest,
		labels,
		leaseMs,
		probe: plan.probe,
		isMail,
		concurrency: plan.askedConcurrency,
		perSecond: plan.perSecond,
		chunkSize: isDeep(plan.probe) ? deepChunk : usualChunk,
		say: warn,
	});
}
