import {performance} from 'node:perf_hooks';
import type {Attempt} from '../probes/attempt.js';
import type {Findings} from '../probes/index.js';
import type {PartsInReport} from '../probes/parts-in-report.js';
import type {AnyProbe, Conduct, Conversation, Given, ProbeTarget, ProbeTypes} from '../probes/probe.js';
import type {Skipped} from '../probes/skipped.js';
import {showsLimit} from '../probes/taking/shows-limit.js';
import {whyAborted} from '../transport/interrupt.js';
import type {Limit} from './connection-limits.js';
import {type Endpoint, type Network, type NetworkOptions, openNetwork} from './network.js';
import type {PlannedProbe} from './plan-probes.js';
import {type RunOptions, runProbe} from './run-probe.js';
import {sleep} from './sleep.js';
import {makeStepTurns} from './step-turns.js';

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
export type Ran = Scan & {readonly done: readonly Done[]; readonly skipped: readonly Skipped[]};

type Done = {
	readonly planned: PlannedProbe;
	readonly conduct: Conduct<ProbeTypes>;
	readonly given: Given<ProbeTypes>;
	readonly value: unknown;
};

/** What is known while the probes of one address run. */
type Running = {
	readonly target: ProbeTarget;
	readonly options: ScanOptions;
	/** In the order of the plan. */
	readonly places: readonly Place[];
};

/** A probe of a plan. */
type Place = {
	readonly planned: PlannedProbe;
	readonly run: RunOptions;
	/** Its connections. */
	attempts: readonly Attempt[];
	/** Set when its loading begins. */
	conduct: Promise<Conduct<ProbeTypes>> | undefined;
	result: Done | Skipped | undefined;
};

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

	const running: Running = {target, options, places};
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

	const [only] = places;
	if (only !== undefined && places.length === 1 && 'planned' in only.result!) {
		return {findings: findingsOf(places), attempts: only.attempts, done: [only.result], skipped: noneSkipped};
	}

	const done: Done[] = [];
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

/** A stage is a probe that needs nothing, or those between two of them. */
function endOfStage(places: readonly Place[], start: number): number {
	let end = start + 1;
	if (!needsNothing(places[start]!)) {
		while (end < places.length && !needsNothing(places[end]!)) {
			end += 1;
		}
	}

	return end;
}

const needsNothing = ({planned}: Place): boolean => planned.probe.needs.length === 0;

/** Run several probes at the same time. Each starts when those that it needs or uses are done. */
async function runStage(running: Running, start: number, end: number): Promise<void> {
	const before = running.places.slice(0, start);
	// Recordings are replayed one probe after the other.
	const turns = makeStepTurns(running.options.network !== undefined || showsLimit(joined(before)));
	const stage = running.places.slice(start, end);
	const tasks = new Map<Place, Promise<void>>();
	const seenBy = new Map<Place, ReadonlySet<Place>>();
	for (const place of stage) {
		const direct = [...tasks.keys()].filter(other => follows(place, other));
		const seen = new Set(direct.flatMap(other => [...seenBy.get(other)!, other]));
		const turn = turns.join();
		const isUrgent = direct.length > 0 || stage.some(other => follows(other, place) || usesLater(other).includes(nameOf(place)));
		const findingOf = async (name: string): Promise<unknown> => {
			const other = usesLater(place).includes(name) ? running.places.find(one => nameOf(one) === name) : undefined;
			await (other && tasks.get(other));
			return other?.result !== undefined && 'value' in other.result ? other.result.value : undefined;
		};
		const run = {...place.run, turn, findingOf, limit: isUrgent ? urgent(place.run) : place.run.limit};
		const task = async (): Promise<void> => {
			await Promise.all(direct.map(other => tasks.get(other)));
			await runPlace(running, place, [...before, ...stage.filter(other => seen.has(other))], run);
		};
		tasks.set(place, task().finally(turn.end));
		seenBy.set(place, seen);
	}

	const failed = (await Promise.allSettled(tasks.values())).find(({status}) => status === 'rejected');
	if (failed?.status === 'rejected') {
		throw failed.reason;
	}
}

const follows = ({planned: {probe}}: Place, {planned: {probe: other}}: Place): boolean =>
	probe.needs.includes(other.name) || probe.uses?.includes(other.name) === true;

const nameOf = ({planned}: Place): string => planned.probe.name;

const usesLater = ({planned}: Place): readonly string[] => planned.probe.usesLater ?? [];

/** Probes that follow each other take the longest, so they get places first. */
const urgent =
	({limit}: RunOptions): RunOptions['limit'] =>
	task =>
		limit(task, true);

/** @param seen - Those whose findings and connections it can see. */
async function runPlace({target, options}: Running, place: Place, seen: readonly Place[], run: RunOptions = place.run): Promise<void> {
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

function findingsOf(places: readonly Place[]): Record<string, unknown> {
	const findings: Record<string, unknown> = {};
	for (const {planned, result} of places) {
		if (result !== undefined && 'value' in result) {
			findings[planned.probe.name] = result.value;
		}
	}

	return findings;
}

function joined(places: readonly Place[]): Attempt[] {
	const attempts: Attempt[] = [];
	for (const place of places) {
		for (const attempt of place.attempts) {
			attempts.push(attempt);
		}
	}

	return attempts;
}

/** A probe without a part in reports is never skipped if time is up: its finding shows that there was none. */
function whySkipped(
	{probe}: PlannedProbe,
	findings: Readonly<Record<string, unknown>>,
	options: ScanOptions,
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

/** What is found, as a report has it: fields that several probes have a part in, and each probe's own. */
export type Described = PartsInReport & Readonly<Record<string, unknown>>;

/**
@param order - All probes, in the order of their fields.
*/
export function describe({done}: Ran, hasEvidence: boolean, order: readonly AnyProbe[]): Described {
	const described: PartsInReport & Record<string, unknown> = {};
	let hasParts = false;
	for (const {planned, conduct, given, value} of done) {
		conduct.attach?.(described, value, given, hasEvidence);
		hasParts ||= planned.probe.report !== undefined;
	}

	if (hasParts) {
		const place = ({planned}: Done): number => order.indexOf(planned.probe);
		for (const {planned, given, value} of done.toSorted((one, other) => place(one) - place(other))) {
			const {report} = planned.probe;
			if (report !== undefined) {
				described[report.field] = report.of(value, given.attempts);
			}
		}
	}

	return described;
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
