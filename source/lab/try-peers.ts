import type {ProbeHooks, ProbeOptions} from '../engine/probe-options.js';
import {probeTarget, type TargetResult} from '../engine/probe-target.js';
import type {ExpectedResult, Peer} from './peer.js';
import type {Lab} from './start-lab.js';

/** The result of probing one server of the lab. */
export type Trial = {
	readonly peer: Peer;
	readonly result: TargetResult;
	readonly got: ExpectedResult['verdict'];
	/** The differences from the expected result; empty if there are none. */
	readonly differences: readonly string[];
};

/** How long to wait for a server that does not answer. Results do not depend on this time. */
const silenceMs = 750;

/**
Probe every server of a lab at once, by names that say which it is, without a DNS look-up.

@param options - Versions TLS 1.0 to 1.3 must be among those asked for.
@returns A promise per server, in the order they were started.
*/
export const tryPeers = ({address, running}: Lab, options: ProbeOptions, hooks: ProbeHooks = {}): readonly Promise<Trial>[] =>
	running.map(async ({peer, port}) => {
		const timeoutMs = peer.neverAnswers ? Math.min(silenceMs, options.timeoutMs) : options.timeoutMs;
		const host = `${peer.name}.localhost`;
		const overrides = [{host, port, addresses: [{address, family: 4 as const}]}];
		const result = await probeTarget({target: `${host}:${port}`, host, port}, {...options, timeoutMs, overrides}, hooks);
		return {peer, result, got: result.verdict, differences: differencesFrom(peer.expected, result)};
	});

function differencesFrom(expected: ExpectedResult, {recordings, verdict}: TargetResult): string[] {
	const {versions} = recordings[0].report;
	const names = Object.keys(expected.versions) as (keyof ExpectedResult['versions'])[];
	const serviceNames = Object.keys(expected.service ?? {}) as (keyof ExpectedResult['versions'])[];
	const pairs = [
		...names.map(name => [name, expected.versions[name], versions[name]?.status ?? 'not asked'] as const),
		['verdict', expected.verdict, verdict] as const,
		...serviceNames.flatMap(name => {
			const got = versions[name]?.confirmed?.verdict;
			return got === undefined ? [] : [[`${name} service`, expected.service![name], got] as const];
		}),
	];
	return pairs.filter(([, wanted, got]) => wanted !== got).map(([name, wanted, got]) => `${name}: expected ${wanted}, got ${got}`);
}
