import {performance} from 'node:perf_hooks';
import type {JudgeResult} from '../../engine/judge-report.js';
import {probeTarget, type TargetResult} from '../../engine/probe-target.js';
import {likelyMeant, type Target} from '../../engine/target.js';
import type {Named} from '../../lists/targets/read-expanded.js';
import {checkDistinct} from '../../outputs/distinct-files.js';
import {type OutputPlan, openOutputs} from '../../outputs/open-outputs.js';
import {worstVerdict} from '../../policy/default-expectation.js';
import {type Context, type ExitCode, UsageError} from '../command.js';
import {allowOnly} from '../read-flags.js';
import {readDuration} from '../read-values.js';
import {inputFiles, outputFiles} from './given-files.js';
import {makeExplain, makeKeepers, readTopics} from './make-keepers.js';
import {planOutputs} from './plan-outputs.js';
import {type ProbeFlags, probeFlags} from './probe-flags.js';
import {optionsOf} from './read-named.js';
import {readHooks, readOnly, readOptions} from './read-options.js';
import type {PolicyChoice} from './read-policies.js';
import {showWaiting} from './waiting.js';
import {warnOfInspection} from './warn-of-inspection.js';
import {warnOfSkipped} from './warn-of-skipped.js';

type TargetManner = {
	/** What results are held to. */
	readonly policy: PolicyChoice | undefined;
	readonly judge: JudgeResult | undefined;
};

/** Probe targets that are named on the command line. */
export async function runTargets(
	named: readonly Named[],
	values: ProbeFlags,
	context: Context,
	{policy, judge}: TargetManner,
): Promise<ExitCode> {
	const targets = values.mx ? await asMailDomains(named) : named;
	allowOnly(values, namedFlags, 'goes with --hosts FILE');
	const only = readOnly(values);
	if (targets.length === 0) {
		throw new UsageError('name a host, such as tlsprobe portal.azure.com; see tlsprobe --help, or try tlsprobe lab');
	}

	const plan = planOutputs(values, 'table');
	const stop = new AbortController();
	const topics = await readTopics(values);
	const options = readOptions(values, context, {
		targets: targets.map(({target}) => target),
		policy,
		explained: topics?.map(({probe}) => probe),
	});
	const hooks = {...readHooks(values, context), signal: AbortSignal.any([context.signal, stop.signal])};
	const maxTimeMs = values.maxTime === undefined ? undefined : readDuration('--max-time', values.maxTime);
	checkDistinct(inputFiles(values), outputFiles(values));
	const explain = await makeExplain(plan, topics, context);
	const keepers = await makeKeepers(values, context);
	const left = new Set(targets);
	const waiting = showWaiting(() => [...left].map(({target}) => target.target), context);
	const outputs = await openOutputs(plan, context, {beforePrint: waiting.clear});
	const startedAt = performance.now();
	for (const {target} of targets) {
		hintAtSlip(target, context);
	}

	const pending = targets.map(target => probeTarget(target.target, optionsOf(target, options), hooks).finally(() => left.delete(target)));
	if (plan.printed === 'table') {
		// Loads while the servers think.
		void import('../../formats/versions-table.js').then(({loadTable}) => loadTable());
	}

	const timer =
		maxTimeMs === undefined
			? undefined
			: setTimeout(() => {
					context.warn('out of time (--max-time): running probes are cut short\n');
					stop.abort('max-time');
				}, maxTimeMs);
	const results: TargetResult[] = [];
	try {
		for (const item of pending) {
			const found = await item;
			const result = judge?.(found) ?? found;
			results.push(result);
			waiting.clear();
			warnOfSkipped(result, context);
			if (plan.printed !== 'table') {
				warnOfInspection(result, context);
			}

			if (only.size === 0 || only.has(result.verdict)) {
				await outputs.add(result);
				await explain(result);
			}

			await keepers.add(result);
			if (values.bail && result.verdict === 'fail') {
				stop.abort();
				break;
			}
		}

		waiting.stop();
		await outputs.end();
		keepers.end();
		await warnOfSharedKeys(results, plan, context);
	} finally {
		waiting.stop();
		clearTimeout(timer);
		outputs.abandon();
		keepers.abandon();
	}

	if (values.bail && results.length < targets.length) {
		context.warn(`${targets.length - results.length} of ${targets.length} targets were not probed after the first failure (--bail)\n`);
	}

	if (plan.files.length > 0) {
		await summarize(results, performance.now() - startedAt, plan, context);
	}

	return context.signal.aborted ? 130 : outputs.exitCodeOf(worstVerdict(results.map(({verdict}) => verdict)));
}

async function asMailDomains(targets: readonly Named[]): Promise<readonly Named[]> {
	const {mailTarget} = await import('../../engine/mail-servers.js');
	return targets.map(named => ({...named, target: mailTarget(named.target)}));
}

/** Flags that mean something for targets on the command line: all but those of lists. */
const namedFlags = Object.keys(probeFlags).filter(
	name =>
		![
			'hostsFormat',
			'scannedPorts',
			'shard',
			'resume',
			'concurrency',
			'rate',
			'workers',
			'ordered',
			'progress',
			'queue',
			'run',
			'from',
		].includes(name),
);

function hintAtSlip({host}: Target, {warn}: Context): void {
	const meant = likelyMeant(host);
	if (meant !== undefined) {
		warn(`hint: did you mean ${meant} instead of ${host}?\n`);
	}
}

/** A summary has this too. The verdict of each target was printed before the last one was known. */
async function warnOfSharedKeys(results: readonly TargetResult[], {files}: OutputPlan, {warn, look}: Context): Promise<void> {
	const isAccepted = results.some(({recordings}) => recordings.some(({report}) => report.versions.SSLv2?.status === 'accepted'));
	if (!isAccepted || files.length > 0) {
		return;
	}

	const [{collectSharedKeys}, {sharedKeyInWords}] = await Promise.all([
		import('../../lists/shared-keys.js'),
		import('../../formats/shared-key.js'),
	]);
	const keys = collectSharedKeys();
	for (const result of results) {
		keys.add(result);
	}

	for (const item of keys.read()) {
		warn(`DROWN: ${sharedKeyInWords(item, look)}\n`);
	}
}

/** A summary, for users who see none of the results. */
async function summarize(
	results: readonly TargetResult[],
	elapsedMs: number,
	{files}: OutputPlan,
	{warnPainted, look, errors}: Context,
): Promise<void> {
	const [{startTally}, {summary}] = await Promise.all([import('../../lists/tally.js'), import('../../formats/summary.js')]);
	const tally = startTally();
	for (const result of results) {
		tally.add(result);
	}

	const skipped = results.reduce((sum, result) => sum + result.skipped.length, 0);
	const facts = {tally: tally.read(), elapsedMs, skipped, resumed: 0, stopped: undefined, files: files.map(({path}) => path)};
	warnPainted(summary(facts, {...look, hasColor: look.hasColor && errors.isTerminal}));
}
