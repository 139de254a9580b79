import {statSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import {isDeep} from '../../engine/is-deep.js';
import type {JudgeResult} from '../../engine/judge-report.js';
import type {TargetResult} from '../../engine/probe-target.js';
import {spreadScans} from '../../engine/spread-scans.js';
import {count} from '../../formats/numbers.js';
import {summary} from '../../formats/summary.js';
import type {Done} from '../../lists/done.js';
import {collectLeftOut} from '../../lists/left-out.js';
import {countPositions} from '../../lists/list-targets.js';
import {collectUnreached, listUnreached, listWork, makeShared} from '../../lists/list-work.js';
import {runList} from '../../lists/run-list.js';
import {startTally} from '../../lists/tally.js';
import {checkDistinct} from '../../outputs/distinct-files.js';
import {lockFiles, type Unlock} from '../../outputs/lock-files.js';
import {openOutputs} from '../../outputs/open-outputs.js';
import {type EndpointVerdict, worstVerdict} from '../../policy/default-expectation.js';
import {withImplied} from '../../probes/requests.js';
import type {QueueConnection} from '../../queue/connect.js';
import {type Context, type ExitCode, UsageError} from '../command.js';
import {inputFiles, outputFiles} from './given-files.js';
import type {ListFlags} from './probe-flags.js';
import {showProgress} from './progress.js';
import {readEarlier} from './read-earlier.js';
import {type Plan, readPlan} from './read-plan.js';
import type {PolicyChoice} from './read-policies.js';
import {connectQueue, planQueue, type QueuePlan, runOnQueue} from './run-on-queue.js';

/** What no flag says. */
type ListSettings = {
	readonly isWhole?: boolean;
	readonly readsCertificate?: boolean;
	/** The policies that results are judged by. */
	readonly policy?: PolicyChoice | undefined;
};

/** Probe what lists name. */
export async function runLists(
	input: readonly string[],
	values: ListFlags,
	context: Context,
	judge: JudgeResult = result => result,
	{isWhole = false, readsCertificate = false, policy}: ListSettings = {},
): Promise<ExitCode> {
	if (values.wait !== undefined) {
		throw new UsageError('--wait is for targets on the command line, and for check files; it does not go with a list');
	}

	const read = readPlan(input, values, context, policy);
	const {probes} = read.probe;
	const probe = readsCertificate ? {...read.probe, probes: withImplied(probes, 'certificate', {readsAnswers: true})} : read.probe;
	const plan = {...read, probe, outputs: {...read.outputs, isWhole}};
	const queue = planQueue(input, values, plan, context);
	checkDistinct(inputFiles(values), outputFiles(values));
	const unlock = await lockFiles(plan.outputs.files.map(({path}) => path));
	let connection: QueueConnection | undefined;
	try {
		const done = plan.isResumed ? await readEarlier(plan.outputs.files[0]!.path, plan.probe, context) : undefined;
		if (done?.isByPosition) {
			context.warn(`there are too many results to remember by name: the rest are matched by position, so the lists must be unchanged\n`);
		}

		connection = queue && (await connectQueue(queue, context));
		const elsewhere = queue && connection && {queue, connection};
		return await runPlan({...plan, judge, unlock, elsewhere}, done, values, context);
	} catch (error) {
		throw connection === undefined ? error : connection.explain(error);
	} finally {
		connection?.close();
		unlock();
	}
}

type JudgedPlan = Plan & {
	readonly judge: JudgeResult;
	readonly unlock: Unlock;
	/** The queue of the workers that probe the targets; undefined for this process. */
	readonly elsewhere: {readonly queue: QueuePlan; readonly connection: QueueConnection} | undefined;
};

async function runPlan(plan: JudgedPlan, done: Done | undefined, values: ListFlags, context: Context): Promise<ExitCode> {
	context.expectMuch(isDeep(plan.probe));
	const startedAt = performance.now();
	const stop = new AbortController();
	/** What runs is cut short only where its results cannot be written. */
	const cut = new AbortController();
	let stopped: 'interrupted' | 'max-time' | 'first-failure' | undefined;
	let hasFailed = false;
	const stopFor = (why: 'interrupted' | 'max-time' | 'first-failure') => (): void => {
		if (stopped === undefined && why === 'interrupted' && running > 0) {
			const where = plan.elsewhere === undefined ? 'running' : 'given to workers, which finish those that they have begun';
			warn(`ending: ${count(running)} ${where}, press Ctrl-C again to stop immediately\n`);
		}

		stopped ??= why;
		stop.abort();
	};

	const scanner = spreadScans({
		workers: plan.workers,
		perSecond: plan.perSecond,
		options: plan.probe,
		stop: stop.signal,
		threadEntry: context.threadEntry,
	});
	const tallying = startTally();
	let total: number | undefined;
	let skipped = 0;
	let running = 0;
	const progress = await showProgress({isWanted: values.progress ?? false, read: tallying.read, total: () => total}, context);
	const warn = (text: string): void => {
		progress.clear();
		context.warn(text);
	};
	const interrupt = stopFor('interrupted');
	context.signal.addEventListener('abort', interrupt);
	if (context.signal.aborted) {
		interrupt();
	}

	const timer = plan.maxTimeMs === undefined ? undefined : setTimeout(stopFor('max-time'), plan.maxTimeMs);
	const outputs = await openOutputs(plan.outputs, context, {
		keepBytes: plan.isResumed ? (done?.wholeBytes ?? 0) : undefined,
		unlock: plan.unlock,
		beforePrint: progress.clear,
	});

	const leftOut = collectLeftOut();
	// At a terminal a line that means nothing has a row of the table.
	const isRowShown = plan.outputs.printed === 'lines' && context.look.isTerminal && (plan.only.size === 0 || plan.only.has('inconclusive'));
	const listed = makeShared(listWork(plan, done, warn, leftOut), isRowShown ? () => {} : warn);
	/** Those that waited for their turn when the run was stopped. */
	const waited: TargetResult[] = [];
	const refusals = collectUnreached();
	const settings = {
		isOrdered: values.ordered ?? false,
		stop: stop.signal,
		onRunning(change: number) {
			running += change;
		},
		onResult,
	};
	const finished =
		plan.elsewhere === undefined
			? runList(listed, {
					...settings,
					probe: plan.probe,
					hooks: {...plan.hooks, signal: cut.signal, scanElsewhere: scanner.scan},
					concurrency: plan.concurrency,
					slow: plan.slow,
				})
			: runOnQueue(listed, plan.elsewhere.connection, plan.elsewhere.queue, plan, values.mx ?? false, {
					...settings,
					cut: cut.signal,
					warn,
					onCancelled() {
						warn('the run was cancelled with tlsprobe queue --cancel\n');
						interrupt();
					},
				});

	function onResult(found: TargetResult): Promise<void> | undefined {
		if (found.recordings[0].report.reason === 'not-reached') {
			// After all results: --resume goes by that.
			if (stopped === undefined) {
				tallying.add(found);
				refusals.add(found);
			} else {
				waited.push(found);
			}

			return undefined;
		}

		if (hasFailed) {
			return undefined;
		}

		const result = plan.judge(found);
		if (values.bail && result.verdict === 'fail') {
			hasFailed = true;
			stopFor('first-failure')();
			cut.abort();
			scanner.abort();
		}

		tallying.add(result);
		skipped += result.skipped.length;
		return print(result);
	}

	if (context.errors.isTerminal || values.progress) {
		void countAhead(plan, values).then(all => {
			total = all === undefined ? undefined : all - (done?.count ?? 0);
		}, noCount);
	}

	function print(result: TargetResult): Promise<void> | undefined {
		return plan.only.size === 0 || plan.only.has(result.verdict) ? outputs.add(result) : undefined;
	}

	try {
		await finished;
		for (const result of refusals.read(plan.probe.toolVersion)) {
			await print(result);
		}

		if (stopped === 'max-time') {
			for (const result of waited) {
				await print(result);
			}

			await listUnreached(listed, plan.probe.toolVersion, print);
		}

		if (plan.outputs.isWhole && stopped === 'interrupted') {
			outputs.abandon();
		}

		await outputs.end();
	} catch (error) {
		cut.abort();
		throw error;
	} finally {
		clearTimeout(timer);
		progress.stop();
		outputs.abandon();
		await scanner.close();
	}

	for (const line of leftOut.lines()) {
		context.warn(line);
	}

	const tally = tallying.read();
	context.warnPainted(
		`${summary(
			{
				tally,
				elapsedMs: performance.now() - startedAt,
				skipped,
				resumed: done?.count ?? 0,
				stopped,
				files: plan.outputs.isWhole && stopped === 'interrupted' ? [] : plan.outputs.files.map(({path}) => path),
			},
			{...context.look, hasColor: context.look.hasColor && context.errors.isTerminal},
		)}`,
	);
	return stopped === 'interrupted'
		? 130
		: outputs.exitCodeOf(worstOf([tally.verdicts, ...(done === undefined ? [] : [done.verdicts])], stopped === 'max-time'));
}

/** How many targets there are, where the lists can be read twice. */
async function countAhead(plan: Plan, values: ListFlags): Promise<number | undefined> {
	const isCountable = plan.shard === undefined && values.hosts.every(path => path !== '-' && statSync(path).isFile());
	return isCountable ? countPositions(plan.inputs()) : undefined;
}

/** A file that cannot be read a second time, such as one that is gone by now, is not counted. */
const noCount = (): void => {};

function worstOf(counts: readonly Readonly<Record<EndpointVerdict, number>>[], isCutShort: boolean): EndpointVerdict {
	const verdicts = (['pass', 'fail', 'inconclusive'] as const).filter(verdict => counts.some(count => count[verdict] > 0));
	return worstVerdict(isCutShort ? [...verdicts, 'inconclusive'] : verdicts);
}
