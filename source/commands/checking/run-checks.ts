import {batch} from '../../engine/batch.js';
import {makeConnectionLimits} from '../../engine/connection-limits.js';
import type {ProbeOptions, TargetResult} from '../../engine/probe-target.js';
import {type EndpointVerdict, worstVerdict} from '../../policy/default-expectation.js';
import type {Policy} from '../../policy/policy.js';
import type {Context, ExitCode} from '../command.js';
import {unprobed} from '../probing/list-run.js';
import {type OutputPlan, openOutputs} from '../probing/outputs.js';
import {checkEndpoint} from './check-endpoint.js';
import type {CheckEndpoint, InvalidEndpoint} from './list-endpoints.js';
import {redact} from './redact.js';

export type CheckRun = {
	readonly policies: readonly Policy[];
	readonly probe: ProbeOptions;
	/** Endpoints at once. */
	readonly concurrency: number;
	/** End with the first endpoint that breaks an expectation. */
	readonly bails: boolean;
	readonly outputs: OutputPlan;
};

/** Check endpoints, and show each in its turn. */
export async function runChecks(
	endpoints: Iterable<CheckEndpoint | InvalidEndpoint>,
	{policies, probe, concurrency, bails, outputs: plan}: CheckRun,
	context: Context,
): Promise<ExitCode> {
	const limits = makeConnectionLimits(probe);
	const stop = new AbortController();
	const signal = AbortSignal.any([context.signal, stop.signal]);
	const run = (endpoint: CheckEndpoint | InvalidEndpoint): Promise<TargetResult> =>
		endpoint.kind === 'invalid'
			? Promise.resolve(invalidResult(endpoint, probe.toolVersion))
			: checkEndpoint(endpoint, policies, {...probe, signal, limits});
	const outputs = await openOutputs(plan, context);
	const verdicts: EndpointVerdict[] = [];
	try {
		for await (const result of batch(endpoints, run, {concurrency, isOrdered: true, signal})) {
			for (const {address, code} of result.skipped) {
				context.warn(`${result.target.target}: ${address} left out, this machine has no route to it (${code})\n`);
			}

			await outputs.add(result);
			verdicts.push(result.verdict);
			if (bails && result.verdict === 'fail') {
				stop.abort();
				context.warn('the rest is left out after the first failure (--bail)\n');
				break;
			}
		}

		await outputs.end();
	} finally {
		outputs.abandon();
	}

	return context.signal.aborted ? 130 : outputs.exitCodeOf(worstVerdict(verdicts));
}

const invalidResult = ({text, problem, source}: InvalidEndpoint, toolVersion: string): TargetResult =>
	unprobed(redact(text), 'invalid-target', redact(problem), toolVersion, {source});
