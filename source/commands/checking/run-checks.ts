import {batch} from '../../engine/batch.js';
import {makeConnectionLimits} from '../../engine/connection-limits.js';
import type {ProbeOptions} from '../../engine/probe-options.js';
import type {TargetResult} from '../../engine/probe-target.js';
import {type EndpointVerdict, worstVerdict} from '../../policy/default-expectation.js';
import type {Policy} from '../../policy/policy.js';
import type {Context, ExitCode} from '../command.js';
import {checkDistinct, type GivenFile, outputFiles} from '../probing/distinct-files.js';
import {unprobed} from '../probing/list-run.js';
import {type OutputPlan, openOutputs} from '../probing/outputs.js';
import {showWaiting} from '../probing/waiting.js';
import {warnOfInspection} from '../probing/warn-of-inspection.js';
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
	/** What the endpoints were read from. */
	readonly inputs: readonly GivenFile[];
};

/** Check endpoints, and show each in its turn. */
export async function runChecks(
	endpoints: Iterable<CheckEndpoint | InvalidEndpoint>,
	{policies, probe, concurrency, bails, outputs: plan, inputs}: CheckRun,
	context: Context,
): Promise<ExitCode> {
	checkDistinct(inputs, outputFiles({output: plan.files.map(({path}) => path)}));
	const limits = makeConnectionLimits(probe);
	const stop = new AbortController();
	const signal = AbortSignal.any([context.signal, stop.signal]);
	const run = (endpoint: CheckEndpoint | InvalidEndpoint): Promise<TargetResult> =>
		endpoint.kind === 'invalid'
			? Promise.resolve(invalidResult(endpoint, probe.toolVersion))
			: checkEndpoint(endpoint, policies, {...probe, signal, limits});
	const left = new Set<string>();
	const waiting = showWaiting(() => [...left], context);
	const runShown = (endpoint: CheckEndpoint | InvalidEndpoint): Promise<TargetResult> => {
		const name = endpoint.kind === 'invalid' ? redact(endpoint.text) : (endpoint.name ?? endpoint.target.target);
		left.add(name);
		return run(endpoint).finally(() => left.delete(name));
	};
	const outputs = await openOutputs(plan, context, {beforePrint: waiting.clear});
	const verdicts: EndpointVerdict[] = [];
	try {
		for await (const result of batch(endpoints, runShown, {concurrency, isOrdered: true, signal})) {
			waiting.clear();
			for (const {address, code} of result.skipped) {
				context.warn(`${result.target.target}: ${address} left out, this machine has no route to it (${code})\n`);
			}

			if (plan.printed !== 'rules') {
				warnOfInspection(result, context);
			}

			await outputs.add(result);
			verdicts.push(result.verdict);
			if (bails && result.verdict === 'fail') {
				stop.abort();
				context.warn('the rest is left out after the first failure (--bail)\n');
				break;
			}
		}

		waiting.stop();
		await outputs.end();
	} finally {
		waiting.stop();
		outputs.abandon();
	}

	return context.signal.aborted ? 130 : outputs.exitCodeOf(worstVerdict(verdicts));
}

const invalidResult = ({text, problem, source}: InvalidEndpoint, toolVersion: string): TargetResult =>
	unprobed(redact(text), 'invalid-target', redact(problem), toolVersion, {source});
