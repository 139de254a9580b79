import type {Slow} from '../engine/batch.js';
import type {ProbeHooks, ProbeOptions} from '../engine/probe-options.js';
import type {TargetResult} from '../engine/probe-target.js';
import {type Spread, type SpreadOptions, spreadScans} from '../engine/spread-scans.js';
import type {Listed} from '../lists/list-targets.js';
import {type ListRunOptions, runList, unreached} from '../lists/run-list.js';
import {makePushable} from './pushable.js';

export type ProbingOptions = {
	readonly probe: ProbeOptions;
	/** The resolvers of the run. */
	readonly hooks: Pick<ProbeHooks, 'resolver' | 'exchangerResolver'>;
	readonly concurrency: number;
	readonly slow: Slow | undefined;
	/** Shared by all runs of this process; undefined where each has a separate limit. */
	readonly limit: ListRunOptions['limit'];
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

export function startProbing({probe, hooks, concurrency, slow, limit, spread, onRunning, onFailure}: ProbingOptions): Probing {
	const stop = new AbortController();
	const cut = new AbortController();
	const scanner: Spread = spreadScans({...spread, perSecond: undefined, options: probe, stop: stop.signal});
	const input = makePushable<Listed>();
	/** By position: a chunk that was given twice to this process has the same. */
	const gatherings = new Map<number, {readonly item: Listed; readonly to: Gathering}[]>();

	const add = (position: number, result: TargetResult): void => {
		const [first, ...others] = gatherings.get(position)!;
		if (others.length === 0) {
			gatherings.delete(position);
		} else {
			gatherings.set(position, others);
		}

		const {item, to} = first!;
		to.left.delete(item);
		to.results.push(result);
		if (to.left.size === 0) {
			to.resolve(to.results);
		}
	};

	const finished = runList(input, {
		probe,
		hooks: {...hooks, signal: cut.signal, scanElsewhere: scanner.scan},
		concurrency,
		slow,
		limit,
		isOrdered: false,
		stop: stop.signal,
		onRunning,
		onResult(result) {
			add(result.recordings[0].report.position!, result);
			return undefined;
		},
	});

	const endAll = (): void => {
		for (const item of input.end()) {
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
			endAll();
			await finished.catch(() => {});
			await scanner.close();
		},
	};
}
