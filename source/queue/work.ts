import {randomUUID} from 'node:crypto';
import {hostname} from 'node:os';
import type {Job} from 'bullmq';
import {sleep} from '../engine/sleep.js';
import {makeActiveRuns} from './active-runs.js';
import {giveBack, makeCarryOut, safe} from './carry-out.js';
import type {QueueConnection} from './connect.js';
import {keepJobLock} from './job-lock.js';
import {runOfJob} from './job-queue.js';
import {labelsKey, prefix, queueName} from './keys.js';
import type {WorkOptions} from './work-options.js';
import {signIn} from './workers.js';

/** A chunk whose worker stopped answering is given to another one so often; after that it has failed. */
const mostStalled = 2;
const drainDelaySeconds = 1;
/** Another chunk is taken while so many targets wait: it is here when they have begun. */
const takenAhead = 64;
const afterErrorMs = 1000;

/** Probe the chunks of runs until `stop` aborts. Resolves when the targets that were begun have ended; the others are left to other workers. */
export async function work(connection: QueueConnection, options: WorkOptions): Promise<void> {
	const {redis, refused} = connection;
	const {label, toolVersion, stop, leaseMs, say} = options;
	const worker = await openWorker(connection, options);
	const counts = {running: 0, done: 0, chunks: 0};
	const carried = new Set<Promise<void>>();
	let failure: unknown;
	let wake = (): void => {};
	const fail = (error: unknown): void => {
		failure ??= error;
		wake();
	};

	const runs = makeActiveRuns(redis, options, {
		onRunning(change) {
			counts.running += change;
			counts.done += change === -1 ? 1 : 0;
			wake();
		},
		onFailure: fail,
	});
	const sign = await signIn(redis, {
		host: hostname(),
		label,
		version: toolVersion,
		leaseMs,
		read: () => ({...counts, runs: runs.names()}),
	});
	const carryOut = makeCarryOut(connection, options, {
		runs,
		id: sign.id,
		onChunk() {
			counts.chunks += 1;
		},
	});
	void refused.catch(fail);
	const onStop = (): void => {
		void worker.pause(true);
		runs.stop();
		wake();
	};

	stop.addEventListener('abort', onStop);

	const carry = (job: Job, token: string): void => {
		const carrying = carryOut(job, token)
			.catch((error: Error) => {
				say(
					isLost(error) ? `${lostInWords(job, leaseMs)}\n` : `job ${safe(job.id)} is not finished here: ${error.message.split('\n')[0]}\n`,
				);
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

	const pause = (): Promise<void> =>
		new Promise(resolve => {
			wake = resolve;
		});
	const finishCarried = async (): Promise<void> => {
		while (carried.size > 0 && failure === undefined) {
			await pause();
		}
	};

	/** A chunk that a worker did not survive is probed alone, so that no other one is blamed. */
	const probeAlone = async (job: Job, token: string): Promise<void> => {
		const lock = keepJobLock(redis, job, token, leaseMs);
		await finishCarried();
		lock.stop();
		carry(job, token);
		await finishCarried();
	};

	try {
		while (!stop.aborted) {
			if (failure !== undefined) {
				throw failure;
			}

			if (runs.waiting() >= takenAhead) {
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
				await probeAlone(job, token);
			} else {
				carry(job, token);
			}
		}

		await finishCarried();
		if (failure !== undefined) {
			throw failure;
		}
	} finally {
		stop.removeEventListener('abort', onStop);
		await runs.close();
		if (redis.status === 'ready') {
			await sign.out();
		}

		await worker.close(true).catch(() => {});
	}
}

/** Takes jobs, and gives those of workers that have stopped answering to others. */
async function openWorker({bullmq, redis}: QueueConnection, {label, leaseMs}: Pick<WorkOptions, 'label' | 'leaseMs'>) {
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
	return worker;
}

/** BullMQ's words for a job whose lock is another worker's. */
const isLost = ({message}: Error): boolean =>
	/^(?:Missing lock|Lock mismatch|Missing key|Job \S+ is not in the active state)/.test(message);

const lostInWords = ({id = ''}: Job, leaseMs: number): string =>
	`a chunk of run ${safe(runOfJob(id))} is left to another worker: this one gave no sign for longer than ${leaseMs / 1000} s`;
