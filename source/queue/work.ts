import {createHash, randomUUID} from 'node:crypto';
import {hostname} from 'node:os';
import type {Job} from 'bullmq';
import type {ProbeHooks, ProbeOptions} from '../engine/probe-options.js';
import {sleep} from '../engine/sleep.js';
import type {SpreadOptions} from '../engine/spread-scans.js';
import type {TargetEntry} from '../lists/entry.js';
import type {Listed} from '../lists/list-targets.js';
import {isWithinReach, type Reach} from '../transport/reach.js';
import {addressOfServer, type CheckedChunk, checkJob} from './check-job.js';
import type {Connection} from './connect.js';
import {storedOf} from './job.js';
import {labelsKey, prefix, queueName, refusalsKey} from './keys.js';
import {makeSharedPace} from './pace.js';
import {pack} from './pack.js';
import {type Probing, startProbing} from './probing.js';
import type {AddLogin} from './proxy-logins.js';
import {readState} from './run-record.js';
import {signIn} from './workers.js';

export type WorkOptions = {
	/** Takes only the runs for this label. */
	readonly label: string | undefined;
	/** Targets at once in this process; undefined where the probes decide. */
	readonly concurrency: number | undefined;
	readonly spread: Pick<SpreadOptions, 'workers' | 'threadEntry'>;
	/** Which addresses may be connected to, whatever a job says; undefined for all. */
	readonly reach: Reach | undefined;
	readonly addLogin: AddLogin;
	/** How many targets run at once. */
	readonly planLoad: (
		probe: ProbeOptions,
		asked: number | undefined,
		perSecond: number | undefined,
	) => {readonly concurrency: number; readonly slow: {readonly afterMs: number; readonly most: number} | undefined};
	/** The resolvers for the name servers of a run. */
	readonly hooksFor: (nameServers: readonly string[], isMail: boolean) => Pick<ProbeHooks, 'resolver' | 'exchangerResolver'>;
	readonly toolVersion: string;
	/** Finishes what runs, and takes nothing new. */
	readonly stop: AbortSignal;
	readonly leaseMs: number;
	readonly say: (text: string) => void;
};

/** A chunk whose worker stopped answering is given to another one so often; after that it has failed. */
const mostStalled = 2;
/** A job of another major version is left to others for this time. */
const refusedForMs = 5000;
/** A run without a chunk for this time has its threads and resolvers closed. */
const idleMs = 30_000;
const drainDelaySeconds = 1;
const stateEveryMs = 1000;
/** Another chunk is taken while so many targets wait: it is here when they have begun. */
const takenAhead = 64;
const afterErrorMs = 1000;

/** A run of which this worker has chunks. */
type Active = {
	readonly probing: Probing;
	readonly run: string;
	chunks: number;
	idleSinceMs: number;
	isStopped: boolean;
};

/** Probe the chunks of runs until `stop` aborts. Resolves when what was taken has ended. */
export async function work(connection: Connection, options: WorkOptions): Promise<void> {
	const {bullmq, redis, refused} = connection;
	const {label, toolVersion, stop, leaseMs, say} = options;
	const host = hostname();
	const worker = new bullmq.Worker(queueName(label), null, {
		connection: redis,
		prefix,
		autorun: false,
		skipVersionCheck: true,
		lockDuration: leaseMs,
		stalledInterval: leaseMs / 2,
		maxStalledCount: mostStalled,
		drainDelay: drainDelaySeconds,
	} as ConstructorParameters<typeof bullmq.Worker>[2]);
	worker.on('error', () => {});
	await worker.waitUntilReady();
	await redis.sadd(labelsKey, label ?? '');
	await worker.startStalledCheckTimer();
	const active = new Map<string, Active>();
	const counts = {running: 0, done: 0, chunks: 0};
	const sign = await signIn(redis, {
		host,
		label,
		version: toolVersion,
		leaseMs,
		read: () => ({...counts, runs: [...active.values()].map(({run}) => run)}),
	});
	const carried = new Set<Promise<void>>();
	const refusedRuns = new Set<string>();
	let failure: unknown;
	let wake = (): void => {};
	/** A chunk that a worker did not survive is probed alone, so that no other one is blamed. */
	let isAlone = false;
	const fail = (error: unknown): void => {
		failure ??= error;
		wake();
	};

	void refused.catch(fail);
	const onStop = (): void => {
		void worker.pause(true);
		wake();
	};

	stop.addEventListener('abort', onStop);
	const timer = setInterval(() => void lookAtRuns().catch(() => {}), Math.min(stateEveryMs, leaseMs / 2));

	async function lookAtRuns(): Promise<void> {
		for (const [key, item] of active) {
			if (item.chunks === 0 && performance.now() - item.idleSinceMs > idleMs) {
				active.delete(key);
				await item.probing.close();
				continue;
			}

			if (item.chunks > 0) {
				await heedState(item);
			}
		}
	}

	async function heedState(item: Active): Promise<void> {
		const state = await readState(redis, item.run);
		if (state === 'stopping' && !item.isStopped) {
			item.isStopped = true;
			item.probing.stop();
		} else if (state === 'cancelled') {
			item.isStopped = true;
			item.probing.cut();
		}
	}

	const start = (chunk: CheckedChunk): Active => {
		const {run, isMail, concurrency, perSecond} = chunk;
		const probe = ownOptions(chunk.options, options);
		const most = Math.min(options.concurrency ?? Number.POSITIVE_INFINITY, concurrency ?? Number.POSITIVE_INFINITY);
		return {
			run,
			chunks: 0,
			idleSinceMs: 0,
			isStopped: false,
			probing: startProbing({
				probe,
				hooks: options.hooksFor(probe.nameServers, isMail),
				...options.planLoad(probe, Number.isFinite(most) ? most : undefined, perSecond),
				spread: {
					...options.spread,
					waitForTurn: perSecond === undefined ? undefined : makeSharedPace(redis, run, perSecond, new AbortController().signal),
				},
				onRunning(change) {
					counts.running += change;
					counts.done += change === -1 ? 1 : 0;
					wake();
				},
				onFailure: fail,
			}),
		};
	};

	const activeFor = (chunk: CheckedChunk): Active => {
		const {run, isMail, concurrency, perSecond} = chunk;
		const key = createHash('sha256')
			.update(JSON.stringify([run, isMail, concurrency, perSecond, chunk.options]))
			.digest('hex');
		const known = active.get(key);
		// One that was stopped takes nothing more; the run may go on later.
		if (known !== undefined && !(known.isStopped && known.chunks === 0)) {
			return known;
		}

		void known?.probing.close();
		const made = start(chunk);
		active.set(key, made);
		return made;
	};

	const carryOut = async (job: Job, token: string): Promise<void> => {
		const checked = job.deferredFailure ? ({kind: 'invalid', problem: job.deferredFailure} as const) : checkJob(job.data, toolVersion);
		switch (checked.kind) {
			case 'invalid':
				say(`job ${safe(job.id)} is refused: ${checked.problem}\n`);
				await job.moveToFailed(new bullmq.UnrecoverableError(checked.problem), token);
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

	const leaveToOthers = async (job: Job, token: string, version: string): Promise<void> => {
		const run = String((job.data as {run?: unknown}).run).slice(0, 64);
		const text = `worker ${host} is tlsprobe ${toolVersion} and does not take run ${safe(run)}, which is of tlsprobe ${safe(version)}`;
		if (!refusedRuns.has(run)) {
			refusedRuns.add(run);
			say(`${text}\n`);
		}

		await redis.hset(refusalsKey(run), sign.id, text);
		await redis.pexpire(refusalsKey(run), 60_000);
		await job.moveToDelayed(Date.now() + refusedForMs, token);
	};

	const probeChunk = async (job: Job, token: string, chunk: CheckedChunk): Promise<void> => {
		const denied = deniedServer(chunk.options, options.reach);
		if (denied !== undefined) {
			await job.moveToFailed(new bullmq.UnrecoverableError(`worker ${host} may not connect to the name server ${denied}`), token);
			return;
		}

		const item = activeFor(chunk);
		item.chunks += 1;
		counts.chunks += 1;
		const extend = setInterval(() => void job.extendLock(token, leaseMs).catch(() => {}), leaseMs / 3);
		try {
			await heedState(item);
			const listed: Listed[] = chunk.targets.map(({position, entry}) => ({position, entry: withLogin(entry, options.addLogin)}));
			const results = await item.probing.probe(listed);
			const value = pack({worker: host, results: results.map(storedOf)});
			if ((await readState(redis, chunk.run)) === 'cancelled') {
				await job.moveToFailed(new bullmq.UnrecoverableError('cancelled'), token);
				await job.remove();
			} else {
				await job.moveToCompleted(value, token, false);
			}
		} finally {
			clearInterval(extend);
			item.chunks -= 1;
			item.idleSinceMs = performance.now();
		}
	};

	const carry = (job: Job, token: string): void => {
		const carrying = carryOut(job, token)
			.catch((error: Error) => {
				// Redis was away for longer than the lock lasts: the chunk is another worker's by now, or comes again.
				say(`job ${safe(job.id)} is not finished here: ${error.message.split('\n')[0]}\n`);
			})
			.finally(() => {
				carried.delete(carrying);
				wake();
			});
		carried.add(carrying);
	};

	let lastError = '';
	const nextJob = async (token: string): Promise<Job | undefined> => {
		try {
			const job = await worker.getNextJob(token);
			lastError = '';
			return job;
		} catch (error) {
			const {message} = error as Error;
			if (message !== lastError) {
				say(`no chunk can be taken: ${message.split('\n')[0]}\n`);
			}

			lastError = message;
			await sleep(afterErrorMs, stop);
			return undefined;
		}
	};

	const hasRoom = (): boolean => {
		const waiting = [...active.values()].reduce((sum, {probing}) => sum + probing.waiting(), 0);
		return !isAlone && waiting < takenAhead;
	};

	const pause = (): Promise<void> =>
		new Promise(resolve => {
			wake = resolve;
		});

	try {
		while (!stop.aborted) {
			if (failure !== undefined) {
				throw failure;
			}

			if (!hasRoom()) {
				await pause();
				continue;
			}

			const token = randomUUID();
			const job = await nextJob(token);
			if (job === undefined) {
				continue;
			}

			if (stop.aborted) {
				await giveBack(job, token);
			} else if (job.stalledCounter > 0) {
				isAlone = true;
				await probeAlone(job, token);
				isAlone = false;
			} else {
				carry(job, token);
			}
		}

		while (carried.size > 0 && failure === undefined) {
			await pause();
		}

		if (failure !== undefined) {
			throw failure;
		}
	} finally {
		clearInterval(timer);
		stop.removeEventListener('abort', onStop);
		await Promise.all([...active.values()].map(({probing}) => probing.close()));
		if (redis.status === 'ready') {
			await sign.out();
		}

		await worker.close(true).catch(() => {});
	}

	async function probeAlone(job: Job, token: string): Promise<void> {
		const extend = setInterval(() => void job.extendLock(token, leaseMs).catch(() => {}), leaseMs / 3);
		while (carried.size > 0 && failure === undefined) {
			await pause();
		}

		clearInterval(extend);
		carry(job, token);
		while (carried.size > 0 && failure === undefined) {
			await pause();
		}
	}
}

const giveBack = async (job: Job, token: string): Promise<void> => void (await job.moveToDelayed(Date.now(), token).catch(() => {}));

/** What a job asks for, as far as this machine has its own. */
const ownOptions = (probe: ProbeOptions, {reach, addLogin}: Pick<WorkOptions, 'reach' | 'addLogin'>): ProbeOptions => ({
	...probe,
	waitMs: undefined,
	isRecorded: false,
	proxy: probe.proxy === undefined ? undefined : addLogin(probe.proxy),
	...(reach === undefined ? {} : {reach}),
});

function withLogin(entry: TargetEntry, addLogin: AddLogin): TargetEntry {
	const proxy = entry.route?.proxy;
	return proxy === undefined ? entry : {...entry, route: {...entry.route, proxy: addLogin(proxy)}};
}

const deniedServer = ({nameServers}: ProbeOptions, reach: Reach | undefined): string | undefined =>
	nameServers.find(server => !isWithinReach(addressOfServer(server), reach));

/** The words of a job: anyone may have written them. */
const safe = (text: string | undefined): string => JSON.stringify((text ?? '').slice(0, 100));
