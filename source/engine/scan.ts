import {performance} from 'node:perf_hooks';
import type {Attempt} from '../probes/attempt.js';
import type {Findings} from '../probes/index.js';
import type {PartsInReport} from '../probes/parts-in-report.js';
import type {AnyProbe, Conduct, Conversation, Given, ProbeTarget, ProbeTypes} from '../probes/probe.js';
import type {Skipped} from '../probes/skipped.js';
import {whyAborted} from '../transport/interrupt.js';
import type {Limit} from './connection-limits.js';
import {type Endpoint, type Network, type NetworkOptions, openNetwork} from './network.js';
import type {PlannedProbe} from './plan-probes.js';
import {type RunOptions, runProbe} from './run-probe.js';
import {sleep} from './sleep.js';

export type ScanOptions = NetworkOptions & {
	/** Of connections that could not be made. */
	readonly retries: number;
	/** Runs at most so many connections at once. */
	readonly limit: Limit;
	/** In the place of connections. */
	readonly network?: ((endpoint: Endpoint) => Network) | undefined;
};

/** What the probes of one endpoint at one address have found, and every connection that they made. */
export type Scan = {readonly findings: Findings; readonly attempts: readonly Attempt[]};

/** A scan, and what puts it into a report. */
export type Ran = Scan & {readonly done: readonly Done[]; readonly skipped: readonly Skipped[]};

type Done = {
	readonly planned: PlannedProbe;
	readonly conduct: Conduct<ProbeTypes>;
	readonly given: Given<ProbeTypes>;
	readonly value: unknown;
};

/** Run probes on one endpoint at one address, one after the other, under one deadline. */
export async function scan(
	plan: readonly PlannedProbe[],
	endpoint: Endpoint,
	about: Pick<ProbeTarget, 'startTls' | 'alpn' | 'toolVersion'>,
	options: ScanOptions,
): Promise<Ran> {
	const run = await prepareRun(endpoint, options);
	const target: ProbeTarget = {
		host: endpoint.host,
		port: endpoint.port,
		serverName: endpoint.serverName,
		startTls: about.startTls,
		alpn: about.alpn,
		toolVersion: about.toolVersion,
	};
	const attempts: Attempt[] = [];
	const findings: Record<string, unknown> = {};
	const done: Done[] = [];
	const skipped: Skipped[] = [];
	for (const planned of plan) {
		const {probe} = planned;
		const because = whySkipped(planned, findings, options);
		if (because !== undefined) {
			skipped.push({probe: probe.name, because});
			continue;
		}

		const conduct = typeof probe.conduct === 'function' ? await probe.conduct() : probe.conduct;
		const given = {target, options: planned.options, earlier: findings, attempts};
		const value = await runProbe(conduct.run(given), probe.name, attempts, run);
		findings[probe.name] = value;
		done.push({planned, conduct, given, value});
	}

	return {findings, attempts, done, skipped};
}

/** A probe without a part of its own in reports reports by itself that it had no time. */
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
export function describe({done, attempts}: Ran, hasEvidence: boolean, order: readonly AnyProbe[]): Described {
	const described: PartsInReport & Record<string, unknown> = {};
	let hasParts = false;
	for (const {planned, conduct, given, value} of done) {
		conduct.attach?.(described, value, given, hasEvidence);
		hasParts ||= planned.probe.report !== undefined;
	}

	if (hasParts) {
		const place = ({planned}: Done): number => order.indexOf(planned.probe);
		for (const {planned, value} of done.toSorted((one, other) => place(one) - place(other))) {
			const {report} = planned.probe;
			if (report !== undefined) {
				described[report.field] = report.of(value, attempts);
			}
		}
	}

	return described;
}

/** Run one conversation that belongs to no probe. */
export async function converseWith<Value>(conversation: Conversation<Value>, endpoint: Endpoint, options: ScanOptions): Promise<Value> {
	return runProbe(conversation, '', [], await prepareRun(endpoint, options));
}

async function prepareRun(endpoint: Endpoint, options: ScanOptions): Promise<RunOptions> {
	const {deadline, limit, signal, retries} = options;
	const opened = options.network === undefined ? openNetwork(endpoint, options) : options.network(endpoint);
	return {
		network: opened instanceof Promise ? await opened : opened,
		limit,
		retries,
		sleep: milliseconds => sleep(Math.min(milliseconds, deadline.atMs - performance.now()), signal),
	};
}
