import {batch, type Slow} from '../engine/batch.js';
import {emptyReport} from '../engine/empty-report.js';
import type {Overrides} from '../engine/overrides.js';
import type {ProbeHooks, ProbeOptions} from '../engine/probe-options.js';
import {probeTarget, type TargetResult} from '../engine/probe-target.js';
import type {Report} from '../engine/report.js';
import {writeReport} from '../engine/write-report.js';
import {redactUrls} from '../transport/proxy/url.js';
import {addressOf} from '../transport/resolve.js';
import type {Listed} from './list-targets.js';

export type ListRunOptions = {
	readonly probe: ProbeOptions;
	readonly hooks: ProbeHooks;
	readonly concurrency: number;
	readonly slow: Slow | undefined;
	readonly isOrdered: boolean;
	/** Stops the pulling of targets; what runs is left to end. */
	readonly stop: AbortSignal;
	/** Told of each target that begins (1) or ends (-1). */
	readonly onRunning: (change: 1 | -1) => void;
	/** Takes every result as it comes, and slows the run down by taking its time. */
	readonly onResult: (result: TargetResult) => Promise<void> | undefined;
};

/** Probe what lists hold. Resolves when everything that was started has ended. */
export async function runList(listed: AsyncIterable<Listed>, options: ListRunOptions): Promise<void> {
	const run = async (item: Listed): Promise<TargetResult> => {
		options.onRunning(1);
		try {
			const result = withAddressCount(await probeListed(item, options.probe, options.hooks));
			return options.stop.aborted && isUnasked(result) ? unreached(item, options.probe.toolVersion) : result;
		} finally {
			options.onRunning(-1);
		}
	};

	const results = batch(listed, run, {
		concurrency: options.concurrency,
		slow: options.slow,
		isOrdered: options.isOrdered,
		signal: options.stop,
	});
	for await (const result of results) {
		const taken = options.onResult(result);
		if (taken !== undefined) {
			await taken;
		}
	}
}

/** Whether the run was over before its first connection could be made. */
const isUnasked = ({recordings}: TargetResult): boolean =>
	recordings.every(({report: {address, versions}}) => {
		const reports = Object.values(versions);
		return address !== null && reports.length > 0 && reports.every(({reason}) => reason === 'unasked');
	});

/** A result for a target that the run did not come to. */
export const unreached = ({entry, position}: Listed, toolVersion: string): TargetResult =>
	unprobed(
		entry.kind === 'invalid' ? entry.text : entry.target.target,
		'not-reached',
		'the run ended before this target was probed',
		toolVersion,
		{position},
	);

function probeListed({entry, position}: Listed, options: ProbeOptions, hooks: ProbeHooks): TargetResult | Promise<TargetResult> {
	if (entry.kind === 'invalid') {
		return unprobed(entry.text, 'invalid-target', entry.problem, options.toolVersion, {position, source: entry.source});
	}

	const {target, overrides, route, extra} = entry;
	if (Object.keys(overrides).length === 0) {
		return probeTarget(target, options, hooks, extra === undefined ? {position} : {position, columns: extra});
	}

	const {address, serverName} = overrides;
	return probeTarget(
		target,
		{
			...options,
			...route,
			serverName: serverName ?? options.serverName,
			overrides:
				address === undefined ? options.overrides : [{host: '*', port: undefined, addresses: [addressOf(address)!]}, ...options.overrides],
		},
		hooks,
		{position, given: withoutSecrets(overrides), ...(extra === undefined ? undefined : {columns: extra})},
	);
}

function withAddressCount(result: TargetResult): TargetResult {
	const addressCount = result.recordings.length;
	if (addressCount === 1) {
		return result;
	}

	const [first, ...others] = result.recordings;
	const counted = (recording: typeof first) => ({...recording, report: writeReport({...recording.report, addressCount})});
	return {...result, recordings: [counted(first), ...others.map(counted)]};
}

const withoutSecrets = ({proxy, ...overrides}: Overrides): Overrides =>
	proxy === undefined ? overrides : {...overrides, proxy: redactUrls(proxy)};

/** A result for a line for which no server was asked. */
export function unprobed(
	text: string,
	reason: 'invalid-target' | 'not-reached',
	problem: string,
	toolVersion: string,
	fields: Pick<Report, 'position' | 'columns' | 'source'>,
): TargetResult {
	const report = emptyReport({target: text, reason, problem, toolVersion}, fields);
	return {target: {target: text, host: '', port: 0}, recordings: [{report, attempts: []}], skipped: [], verdict: 'inconclusive'};
}
