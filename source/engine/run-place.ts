import {performance} from 'node:perf_hooks';
import type {Attempt} from '../probes/attempt.js';
import type {Conduct, Given, ProbeTarget, ProbeTypes} from '../probes/probe.js';
import type {Skipped} from '../probes/skipped.js';
import {whyAborted} from '../transport/interrupt.js';
import type {RunOptions} from './answer-ask.js';
import type {NetworkOptions} from './network.js';
import type {PlannedProbe} from './plan-probes.js';
import {runProbe} from './run-probe.js';

/** What is known while the probes of one address run. */
export type Running = {
	readonly target: ProbeTarget;
	readonly options: Pick<NetworkOptions, 'deadline' | 'signal'>;
	/** Whether the answers are those of a recording. */
	readonly isReplayed: boolean;
	/** In the order of the plan. */
	readonly places: readonly Place[];
};

/** A probe of a plan. */
export type Place = {
	readonly planned: PlannedProbe;
	readonly run: RunOptions;
	/** Its connections. */
	attempts: readonly Attempt[];
	/** Set when its loading begins. */
	conduct: Promise<Conduct<ProbeTypes>> | undefined;
	result: RanProbe | Skipped | undefined;
};

/** A probe that ran, and what puts it into a report. */
export type RanProbe = {
	readonly planned: PlannedProbe;
	readonly conduct: Conduct<ProbeTypes>;
	readonly given: Given<ProbeTypes>;
	readonly value: unknown;
};

/**
Run one probe, unless there is a reason to skip it.

@param seen - Those whose findings and connections it can see.
*/
export async function runPlace(
	{target, options}: Running,
	place: Place,
	seen: readonly Place[],
	run: RunOptions = place.run,
): Promise<void> {
	const {planned} = place;
	const {probe} = planned;
	// There may be no time left when its turn comes.
	if (run.turn !== undefined) {
		await run.turn.wait();
	}

	const earlier = findingsOf(seen);
	const because = whySkipped(planned, earlier, options);
	if (because !== undefined) {
		place.result = {probe: probe.name, because};
		return;
	}

	const conduct = typeof probe.conduct === 'function' ? await (place.conduct ?? probe.conduct()) : probe.conduct;
	const attempts = joined(seen);
	const count = attempts.length;
	const given = {target, options: planned.options, earlier, attempts};
	const value = await runProbe(conduct.run(given), probe.name, attempts, run);
	place.attempts = count === 0 ? attempts : attempts.slice(count);
	place.result = {planned, conduct, given, value};
}

/** A probe without a part in reports is never skipped if time is up: its finding shows that there was none. */
function whySkipped(
	{probe}: PlannedProbe,
	findings: Readonly<Record<string, unknown>>,
	options: Running['options'],
): Skipped['because'] | undefined {
	if (probe.needs.some(name => !Object.hasOwn(findings, name))) {
		return 'needs';
	}

	if (probe.report === undefined) {
		return undefined;
	}

	const {signal, deadline} = options;
	return signal?.aborted ? whyAborted(signal) : performance.now() >= deadline.atMs ? 'deadline' : undefined;
}

/** By the names of their probes. */
export function findingsOf(places: readonly Place[]): Record<string, unknown> {
	const findings: Record<string, unknown> = {};
	for (const {planned, result} of places) {
		if (result !== undefined && 'value' in result) {
			findings[planned.probe.name] = result.value;
		}
	}

	return findings;
}

/** The connections of these probes, in their order. */
export function joined(places: readonly Place[]): Attempt[] {
	const attempts: Attempt[] = [];
	for (const place of places) {
		for (const attempt of place.attempts) {
			attempts.push(attempt);
		}
	}

	return attempts;
}
