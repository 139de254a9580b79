import type {CheckEndpoint, InvalidEndpoint} from '../../checks/list-endpoints.js';
import {type CheckRun, runChecks} from '../../checks/run-checks.js';
import {checkDistinct, type GivenFile} from '../../outputs/distinct-files.js';
import {type OutputPlan, openOutputs} from '../../outputs/open-outputs.js';
import {type EndpointVerdict, worstVerdict} from '../../policy/default-expectation.js';
import type {Context, ExitCode} from '../command.js';
import {outputFiles} from '../probing/given-files.js';
import {showWaiting} from '../probing/waiting.js';
import {warnOfInspection} from '../probing/warn-of-inspection.js';
import {warnOfSkipped} from '../probing/warn-of-skipped.js';

export type ShownRun = Omit<CheckRun, 'onBegin'> & {
	/** End with the first endpoint that breaks an expectation. */
	readonly bails: boolean;
	readonly outputs: OutputPlan;
	/** What the endpoints were read from. */
	readonly inputs: readonly GivenFile[];
};

/** Check endpoints, and show each in its turn. */
export async function showChecks(
	endpoints: Iterable<CheckEndpoint | InvalidEndpoint>,
	{policies, probe, hooks, concurrency, bails, outputs: plan, inputs}: ShownRun,
	context: Context,
): Promise<ExitCode> {
	checkDistinct(inputs, outputFiles({output: plan.files.map(({path}) => path)}));
	const stop = new AbortController();
	const signal = AbortSignal.any([context.signal, stop.signal]);
	const left = new Set<string>();
	const onBegin = (name: string) => {
		left.add(name);
		return () => void left.delete(name);
	};
	const waiting = showWaiting(() => [...left], context);
	const outputs = await openOutputs(plan, context, {beforePrint: waiting.clear});
	const verdicts: EndpointVerdict[] = [];
	try {
		for await (const result of runChecks(endpoints, {policies, probe, hooks: {...hooks, signal}, concurrency, onBegin})) {
			waiting.clear();
			warnOfSkipped(result, context);

			if (plan.printed !== 'rules') {
				warnOfInspection(result, context);
			}

			await outputs.add(result);
			verdicts.push(result.verdict);
			if (bails && result.verdict === 'fail') {
				stop.abort();
				context.warn('the remaining endpoints were not probed after the first failure (--bail)\n');
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
