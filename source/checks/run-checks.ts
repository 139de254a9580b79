import {batch} from '../engine/batch.js';
import {makeConnectionLimits} from '../engine/connection-limits.js';
import type {ProbeHooks, ProbeOptions} from '../engine/probe-options.js';
import type {TargetResult} from '../engine/probe-target.js';
import {unprobed} from '../lists/run-list.js';
import type {Policy} from '../policy/policy.js';
import {checkEndpoint} from './check-endpoint.js';
import type {CheckEndpoint, InvalidEndpoint} from './list-endpoints.js';
import {redact} from './redact.js';

export type CheckRun = {
	/** Policies that the file itself defines. */
	readonly policies: readonly Policy[];
	readonly probe: ProbeOptions;
	readonly hooks: ProbeHooks;
	/** Endpoints at once. */
	readonly concurrency: number;
	/** Told of each endpoint that begins, by its name. @returns What is called when it has ended. */
	readonly onBegin?: (name: string) => () => void;
};

/** Check endpoints. @returns A result for each, in their order. Nothing that a server does throws. */
export function runChecks(
	endpoints: Iterable<CheckEndpoint | InvalidEndpoint>,
	{policies, probe, hooks, concurrency, onBegin = () => () => {}}: CheckRun,
): AsyncIterable<TargetResult> {
	const shared = {...hooks, limits: makeConnectionLimits({...probe, signal: hooks.signal})};
	const run = (endpoint: CheckEndpoint | InvalidEndpoint): Promise<TargetResult> => {
		const onEnd = onBegin(endpoint.kind === 'invalid' ? redact(endpoint.text) : (endpoint.name ?? endpoint.target.target));
		const result =
			endpoint.kind === 'invalid'
				? Promise.resolve(invalidResult(endpoint, probe.toolVersion))
				: checkEndpoint(endpoint, policies, probe, shared);
		return result.finally(onEnd);
	};

	return batch(endpoints, run, {concurrency, isOrdered: true, signal: hooks.signal});
}

const invalidResult = ({text, problem, source}: InvalidEndpoint, toolVersion: string): TargetResult =>
	unprobed(redact(text), 'invalid-target', redact(problem), toolVersion, {source});
