import {performance} from 'node:perf_hooks';
import type {Attempt} from '../probes/attempt.js';
import type {Findings} from '../probes/index.js';
import type {Conversation, ProbeTarget} from '../probes/probe.js';
import type {Skipped} from '../probes/skipped.js';
import type {RunOptions} from './answer-ask.js';
import type {Limit} from './connection-limits.js';
import {type Endpoint, type Network, type NetworkOptions, openNetwork} from './network.js';
import type {PlannedProbe} from './plan-probes.js';
import {findingsOf, joined, type Place, type RanProbe, type Running, runPlace} from './run-place.js';
import {runProbe} from './run-probe.js';
import {endOfStage, runStage, usesLater} from './run-stage.js';
import {sleep} from './sleep.js';

export type ScanOptions = NetworkOptions & {
	/** Of connections that could not be made. */
	readonly retries: number;
	/** Runs at most so many connections at once. */
	readonly limit: Limit;
	/** In the place of connections. */
	readonly network?: ((endpoint: Endpoint) => Network) | undefined;
};

/**
What the probes of one endpoint at one address have found, and every connection that they made, in the order of the plan.

A finding knows connections by their indices in the attempts that its probe was given. They are indices in `attempts` too where that probe ran
alone, as versions does. A probe that ran at the same time as others was not given the connections of those.
*/
export type Scan = {readonly findings: Findings; readonly attempts: readonly Attempt[]};

/** A scan, and what puts it into a report. */
export type Ran = Scan & {readonly done: readonly RanProbe[]; readonly skipped: readonly Skipped[]};

const none: readonly Attempt[] = [];
const noPlaces: readonly Place[] = [];
const noneSkipped: readonly Skipped[] = [];

/**
Run probes on one endpoint at one address, under one deadline. Those that do not need each other run at the same time, on no more connections
than one probe may have. A probe that needs nothing runs alone: what it learns, such as a limit on connections, holds for all that come later.
*/
export async function scan(
	plan: readonly PlannedProbe[],
	endpoint: Endpoint,
	about: Pick<ProbeTarget, 'startTls' | 'alpn' | 'toolVersion'>,
	options: ScanOptions,
): Promise<Ran> {
	const target: ProbeTarget = {
		host: endpoint.host,
		port: endpoint.port,
		serverName: endpoint.serverName,
		startTls: about.startTls,
		alpn: about.alpn,
		toolVersion: about.toolVersion,
	};
	const recorded = options.isRecorded || options.network !== undefined ? 0 : countRecorded(plan);
	const opened = openFor(endpoint, options);
	const run = runOptions(opened instanceof Promise ? await opened : opened, options);
	const recordedRun = recorded === 0 ? run : runOptions(await openFor(endpoint, {...options, isRecorded: true}), options);
	// Loops, here and below: most endpoints are those of a list, with one probe.
	const places: Place[] = [];
	for (const planned of plan) {
		places.push({planned, run: places.length < recorded ? recordedRun : run, attempts: none, conduct: undefined, result: undefined});
	}

	const running: Running = {target, options, places, isReplayed: options.network !== undefined};
	// Most endpoints are those of a list, with one probe.
	const only = places.length === 1 ? places[0]! : undefined;
	if (only !== undefined) {
		await runPlace(running, only, noPlaces);
		if ('planned' in only.result!) {
			return {findings: findingsOf(places), attempts: only.attempts, done: [only.result], skipped: noneSkipped};
		}
	} else {
		await runStages(running);
	}

	const done: RanProbe[] = [];
	const skipped: Skipped[] = [];
	for (const {result} of places) {
		if ('planned' in result!) {
			done.push(result);
		} else {
			skipped.push(result!);
		}
	}

	return {findings: findingsOf(places), attempts: joined(places), done, skipped};
}

async function runStages(running: Running): Promise<void> {
	const {places} = running;
	for (let start = 0; start < places.length; ) {
		const end = endOfStage(places, start);
		const ran =
			end - start > 1 || usesLater(places[start]!).length > 0
				? runStage(running, start, end)
				: runPlace(running, places[start]!, start === 0 ? noPlaces : places.slice(0, start));
		loadConducts(places, end);
		await ran;
		start = end;
	}
}

/** How many probes, from the first to the last that reads bytes, have their bytes kept. The bytes of others would only take memory. */
function countRecorded(plan: readonly PlannedProbe[]): number {
	for (let count = plan.length; count > 0; count--) {
		const {probe, options} = plan[count - 1]!;
		if (probe.readsBytes?.(options)) {
			return count;
		}
	}

	return 0;
}

/** Load what comes later, while answers are waited for. */
function loadConducts(places: readonly Place[], start: number): void {
	for (let index = start; index < places.length; index++) {
		const place = places[index]!;
		const {conduct} = place.planned.probe;
		if (typeof conduct === 'function') {
			place.conduct ??= conduct();
			// A failure is handled when the probe runs.
			place.conduct.catch(() => {});
		}
	}
}

/** Run one conversation that belongs to no probe. */
export async function converseWith<Value>(conversation: Conversation<Value>, endpoint: Endpoint, options: ScanOptions): Promise<Value> {
	return runProbe(conversation, '', [], runOptions(await openFor(endpoint, options), options));
}

const openFor = (endpoint: Endpoint, options: ScanOptions): Network | Promise<Network> =>
	options.network === undefined ? openNetwork(endpoint, options) : options.network(endpoint);

const runOptions = (network: Network, {deadline, limit, signal, retries}: ScanOptions): RunOptions => ({
	network,
	limit,
	retries,
	sleep: milliseconds => sleep(Math.min(milliseconds, deadline.atMs - performance.now()), signal),
});
