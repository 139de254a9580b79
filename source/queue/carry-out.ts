import {hostname} from 'node:os';
import {performance} from 'node:perf_hooks';
import type {Job} from 'bullmq';
import type {ProbeOptions} from '../engine/probe-options.js';
import type {TargetEntry} from '../lists/entry.js';
import type {Listed} from '../lists/list-targets.js';
import {isWithinReach, type Reach} from '../transport/reach.js';
import type {ActiveRuns} from './active-runs.js';
import {addressOfServer, type CheckedChunk, checkJob} from './check-job.js';
import type {QueueConnection} from './connect.js';
import {storedOf} from './job.js';
import {keepJobLock} from './job-lock.js';
import {refusalsKey} from './keys.js';
import {packResults} from './pack.js';
import type {AddLogin} from './proxy-logins.js';
import {readState} from './run-record.js';
import type {WorkOptions} from './work-options.js';

/** A job of another major version is left to others for this time. */
const refusedForMs = 5000;

type Carrying = {
	readonly runs: ActiveRuns;
	/** Names this worker among others. */
	readonly id: string;
	/** Told of each chunk that begins. */
	readonly onChunk: () => void;
};

/** @returns Does what a job asks for, as far as this worker does such things, and ends it. The token is that of its lock. */
export function makeCarryOut(
	{bullmq, redis}: QueueConnection,
	{reach, addLogin, toolVersion, stop, leaseMs, say}: WorkOptions,
	{runs, id, onChunk}: Carrying,
): (job: Job, token: string) => Promise<void> {
	const host = hostname();
	const refusedRuns = new Set<string>();

	const leaveToOthers = async (job: Job, token: string, version: string): Promise<void> => {
		const run = String((job.data as {run?: unknown}).run).slice(0, 64);
		const text = `worker ${host} is tlsprobe ${toolVersion} and does not take run ${safe(run)}, which is of tlsprobe ${safe(version)}`;
		if (!refusedRuns.has(run)) {
			refusedRuns.add(run);
			say(`${text}\n`);
		}

		await redis.hset(refusalsKey(run), id, text);
		await redis.pexpire(refusalsKey(run), 60_000);
		await job.moveToDelayed(Date.now() + refusedForMs, token);
	};

	const fail = (job: Job, token: string, why: string): Promise<unknown> => job.moveToFailed(new bullmq.UnrecoverableError(why), token);

	const probeChunk = async (job: Job, token: string, chunk: CheckedChunk): Promise<void> => {
		const denied = deniedServer(chunk.options, reach);
		if (denied !== undefined) {
			await fail(job, token, `worker ${host} may not connect to the name server ${denied}`);
			return;
		}

		const item = runs.of(chunk);
		item.chunks += 1;
		onChunk();
		const lock = keepJobLock(redis, job, token, leaseMs);
		try {
			await runs.heedState(item);
			const listed: Listed[] = chunk.targets.map(({position, entry}) => ({position, entry: withLogin(entry, addLogin)}));
			const results = await item.probing.probe(listed);
			await lock.renew();
			// The run goes on: what this worker did not begin before it was to end is another one's.
			const own = stop.aborted && !item.isStopped ? results.filter(({target}) => target.host !== '') : results;
			if (own.length === 0 && results.length > 0) {
				await giveBack(job, token);
				return;
			}

			const value = packResults({worker: host, results: own.map(storedOf)});
			if ((await readState(redis, chunk.run)) === 'cancelled') {
				await fail(job, token, 'cancelled');
				await job.remove();
			} else {
				await job.moveToCompleted(value, token, false);
			}
		} finally {
			lock.stop();
			item.chunks -= 1;
			item.idleSinceMs = performance.now();
		}
	};

	return async (job, token) => {
		const checked = job.deferredFailure ? ({kind: 'invalid', problem: job.deferredFailure} as const) : checkJob(job.data, toolVersion);
		switch (checked.kind) {
			case 'invalid':
				say(`job ${safe(job.id)} is refused: ${checked.problem}\n`);
				await fail(job, token, checked.problem);
				return;
			case 'other-version':
				await leaveToOthers(job, token, checked.version);
				return;
			case 'chunk':
				await probeChunk(job, token, checked.chunk);
				return;
			default:
				checked satisfies never;
		}
	};
}

function withLogin(entry: TargetEntry, addLogin: AddLogin): TargetEntry {
	const proxy = entry.route?.proxy;
	return proxy === undefined ? entry : {...entry, route: {...entry.route, proxy: addLogin(proxy)}};
}

const deniedServer = ({nameServers}: ProbeOptions, reach: Reach | undefined): string | undefined =>
	nameServers.find(server => !isWithinReach(addressOfServer(server), reach));

/** Lets another worker have a job that nothing was done of. */
export const giveBack = async (job: Job, token: string): Promise<void> => void (await job.moveToDelayed(Date.now(), token).catch(() => {}));

/** The words of a job: anyone may have written them. */
export const safe = (text: string | undefined): string => JSON.stringify((text ?? '').slice(0, 100));
