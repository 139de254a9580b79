import {createHash} from 'node:crypto';
import {performance} from 'node:perf_hooks';
import type {Redis} from 'ioredis';
import type {ProbeOptions} from '../engine/probe-options.js';
import type {CheckedChunk} from './check-job.js';
import {type GateLoad, makeGate} from './gate.js';
import {makeSharedPace} from './pace.js';
import {type Probing, startProbing} from './probing.js';
import {readState} from './run-record.js';
import type {WorkOptions} from './work-options.js';

/** A run without a chunk for this time has its threads and resolvers closed. */
const idleMs = 30_000;
const lookEveryMs = 1000;

/** A run of which this worker has chunks. */
export type ActiveRun = {
	readonly probing: Probing;
	readonly run: string;
	chunks: number;
	idleSinceMs: number;
	isStopped: boolean;
};

/** The runs of which this worker has chunks, or had some until a moment ago. */
export type ActiveRuns = {
	/** The run of a chunk. */
	readonly of: (chunk: CheckedChunk) => ActiveRun;
	/** Ends a run whose producer wants no more of it. */
	readonly heedState: (item: ActiveRun) => Promise<void>;
	/** Begins nothing more. What was not begun has results without a host. */
	readonly stop: () => void;
	/** Targets that were taken and not begun. */
	readonly waiting: () => number;
	readonly names: () => readonly string[];
	readonly close: () => Promise<void>;
};

type Hooks = {
	/** Told of each target that begins (1) or ends (-1). */
	readonly onRunning: (change: 1 | -1) => void;
	readonly onFailure: (error: unknown) => void;
};

export function makeActiveRuns(redis: Redis, options: WorkOptions, {onRunning, onFailure}: Hooks): ActiveRuns {
	const active = new Map<string, ActiveRun>();
	const gate = makeGate();
	const timer = setInterval(() => void look().catch(() => {}), Math.min(lookEveryMs, options.leaseMs / 2));

	async function look(): Promise<void> {
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

	async function heedState(item: ActiveRun): Promise<void> {
		const state = await readState(redis, item.run);
		if (state === 'stopping' && !item.isStopped) {
			item.isStopped = true;
			item.probing.stop();
		} else if (state === 'cancelled') {
			item.isStopped = true;
			item.probing.cut();
		}
	}

	const start = ({run, isMail, concurrency, perSecond, options: asked}: CheckedChunk): ActiveRun => {
		const probe = ownOptions(asked, options);
		const most = Math.min(options.concurrency ?? Number.POSITIVE_INFINITY, concurrency ?? Number.POSITIVE_INFINITY);
		const load = options.planLoad(probe, Number.isFinite(most) ? most : undefined, perSecond);
		return {
			run,
			chunks: 0,
			idleSinceMs: performance.now(),
			isStopped: false,
			probing: startProbing({
				probe,
				hooks: options.hooksFor(probe.nameServers, isMail),
				...load,
				gate,
				gateLoad: gateLoadOf(load, probe, options),
				spread: {
					...options.spread,
					waitForTurn: perSecond === undefined ? undefined : makeSharedPace(redis, run, perSecond, new AbortController().signal),
				},
				onRunning,
				onFailure,
			}),
		};
	};

	return {
		of(chunk) {
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
		},
		heedState,
		stop() {
			for (const {probing} of active.values()) {
				probing.stop();
			}
		},
		waiting: () => [...active.values()].reduce((sum, {probing}) => sum + probing.waiting(), 0),
		names: () => [...active.values()].map(({run}) => run),
		async close() {
			clearInterval(timer);
			await Promise.all([...active.values()].map(({probing}) => probing.close()));
		},
	};
}

/** One that asks for less than others take leaves the rest to them; one that asks for more has a smaller share for each target. */
const gateLoadOf = (
	{concurrency, slow}: GateLoad,
	probe: ProbeOptions,
	options: Pick<WorkOptions, 'concurrency' | 'planLoad'>,
): GateLoad =>
	options.concurrency === undefined
		? {concurrency: Math.max(concurrency, options.planLoad(probe, undefined, undefined).concurrency), slow}
		: {concurrency: options.concurrency, slow: undefined};

/** What a job asks for, as far as this machine has its own. */
const ownOptions = (probe: ProbeOptions, {reach, addLogin}: Pick<WorkOptions, 'reach' | 'addLogin'>): ProbeOptions => ({
	...probe,
	waitMs: undefined,
	isRecorded: false,
	proxy: probe.proxy === undefined ? undefined : addLogin(probe.proxy),
	...(reach === undefined ? {} : {reach}),
});
