import type {Slow} from '../engine/batch.js';
import type {ProbeHooks, ProbeOptions} from '../engine/probe-options.js';
import type {TargetResult} from '../engine/probe-target.js';
import {type Spread, type SpreadOptions, spreadScans} from '../engine/spread-scans.js';
import type {Listed} from '../lists/list-targets.js';
import {runList, unreached} from '../lists/run-list.js';
import type {Gate, GateLoad} from './gate.js';
import {makePushable} from './pushable.js';

export type ProbingOptions = {
	readonly probe: ProbeOptions;
	/** The resolvers of the run. */
	readonly hooks: Pick<ProbeHooks, 'resolver' | 'exchangerResolver'>;
	readonly concurrency: number;
	readonly slow: Slow | undefined;
	/** Shared by all runs of this process. */
	readonly gate: Gate;
	/** How many targets there may be in it, were this the only run. */
	readonly gateLoad: GateLoad;
	readonly spread: Pick<SpreadOptions, 'workers' | 'threadEntry' | 'waitForTurn'>;
	/** Told of each target that begins (1) or ends (-1). */
	readonly onRunning: (change: 1 | -1) => void;
	/** Rejects what has not ended, with an error that is not of a target. */
	readonly onFailure: (error: unknown) => void;
};

/** Probes the chunks of one run in this process. They share its limits, and the end of one overlaps with the beginning of the next. */
export type Probing = {
	readonly probe: (items: readonly Listed[]) => Promise<readonly TargetResult[]>;
	/** Targets that were not begun. */
	readonly waiting: () => number;
	/** Begins nothing more: the results of other targets say that they were not reached. */
	readonly stop: () => void;
	/** Ends what runs, too. */
	readonly cut: () => void;
	readonly close: () => Promise<void>;
};

/** A chunk that is probed. */
type Gathering = {
	readonly left: Set<Listed>;
	readonly results: TargetResult[];
	readonly resolve: (results: readonly TargetResult[]) => void;
};

export function startProbing({probe, hooks, concurrency, slow, gate, gateLoad, spread, onRunning, onFailure}: ProbingOptions): Probing {
	const stop = new AbortController();
	const cut = new AbortController();
	const scanner: Spread = spreadScans({...spread, perSecond: undefined, options: probe, stop: stop.signal});
	const input = makePushable<Listed>();
	/** By position: a chunk that was given twice to this process has the same. */
	const gatherings = new Map<number, {readonly item: Listed; readonly to: Gathering}[]>();
	/** What lets others through the gate, for each target that was begun. */
	const leaving = new Map<Listed, () => void>();

	const add = (position: number, result: TargetResult): void => {
		const [first, ...others] = gatherings.get(position)!;
		if (others.length === 0) {
			gatherings.delete(position);
		} else {
			gatherings.set(position, others);
		}

		const {item, to} = first!;
		leaving.get(item)?.();
		leaving.delete(item);
		to.left.delete(item);
		to.results.push(result);
		if (to.left.size === 0) {
			to.resolve(to.results);
		}
	};

	/** Targets, each as soon as the gate lets it through. Those that wait for that are still in the input. */
	const next = async (): Promise<IteratorResult<Listed, undefined>> => {
		while (await input.more()) {
			const leave = await gate.enter(gateLoad);
			const item = stop.signal.aborted ? undefined : input.take();
			if (item !== undefined) {
				leaving.set(item, leave);
				return {done: false, value: item};
			}

			leave();
			if (stop.signal.aborted) {
				break;
			}
		}

		return {done: true, value: undefined};
	};

	const finished = runList(
		{[Symbol.asyncIterator]: () => ({next})},
		{
			probe,
			hooks: {...hooks, signal: cut.signal, scanElsewhere: scanner.scan},
			concurrency,
			slow,
			isOrdered: false,
			stop: stop.signal,
			onRunning,
			onResult(result) {
				add(result.recordings[0].report.position!, result);
				return undefined;
			},
		},
	);

	/** What has no result by now was not begun. */
	const endAll = (): void => {
		input.end();
		for (const {item} of [...gatherings.values()].flat()) {
			add(item.position, unreached(item, probe.toolVersion));
		}
	};

	void finished.then(endAll, onFailure);
	return {
		probe: items =>
			new Promise(resolve => {
				const to: Gathering = {left: new Set(items), results: [], resolve};
				if (items.length === 0) {
					resolve([]);
				}

				for (const item of items) {
					gatherings.set(item.position, [...(gatherings.get(item.position) ?? []), {item, to}]);
				}

				if (stop.signal.aborted) {
					for (const item of items) {
						add(item.position, unreached(item, probe.toolVersion));
					}
				} else {
					input.push(items);
				}
			}),
		waiting: () => input.size,
		stop: () => stop.abort(),
		cut() {
			stop.abort();
			cut.abort();
			scanner.abort();
		},
		async close() {
			stop.abort();
			await finished.catch(() => {});
			endAll();
			await scanner.close();
		},
	};
}
