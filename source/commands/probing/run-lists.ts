import {statSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import {makeConnectionLimits} from '../../engine/connection-limits.js';
import type {Done} from '../../engine/done.js';
import {countPositions} from '../../engine/hosts/list-targets.js';
import {startPool} from '../../engine/pool.js';
import {type AddressScanner, type ProbeOptions, scanAddress, type TargetResult} from '../../engine/probe-target.js';
import {startTally} from '../../engine/tally.js';
import {summary} from '../../formats/summary.js';
import {type EndpointVerdict, worstVerdict} from '../../policy/default-expectation.js';
import type {Context, ExitCode} from '../command.js';
import {runList} from './list-run.js';
import {listUnreached, listWork, makeShared, readEarlier} from './list-work.js';
import {openOutputs} from './outputs.js';
import {showProgress} from './progress.js';
import type {NamedTargets} from './read-catalogs.js';
import type {ProbeFlags} from './read-options.js';
import {type Plan, readPlan} from './read-plan.js';

/** Until there is this much to do, threads cost more than they bring. */
const targetsBeforeThreads = 200;

/** Probe what lists name. */
export async function runLists(
	input: readonly string[],
	values: ProbeFlags,
	context: Context,
	judge: NamedTargets['judge'] = result => result,
): Promise<ExitCode> {
	const plan = readPlan(input, values, context);
	const done = plan.isResumed ? await readEarlier(plan.outputs.files[0]!.path, context) : undefined;
	if (done?.isByPosition) {
		context.warn(`more results than are remembered by name: the rest is told by its place, so the lists must be as they were\n`);
	}

	return carryOut(plan, done, judge, values, context);
}

async function carryOut(
	plan: Plan,
	done: Done | undefined,
	judge: NamedTargets['judge'],
	values: ProbeFlags,
	context: Context,
): Promise<ExitCode> {
	const startedAt = performance.now();
	const stop = new AbortController();
	/** What runs is cut short only where its results cannot be written. */
	const cut = new AbortController();
	let stopped: 'interrupted' | 'max-time' | undefined;
	const stopFor = (why: 'interrupted' | 'max-time') => (): void => {
		stopped ??= why;
		stop.abort();
	};

	context.signal.addEventListener('abort', stopFor('interrupted'));
	const timer = plan.maxTimeMs === undefined ? undefined : setTimeout(stopFor('max-time'), plan.maxTimeMs);
	const scanner = startScanner(plan, context.threadEntry);
	const tallying = startTally();
	let total: number | undefined;
	let skipped = 0;
	const progress = await showProgress({isWanted: values.progress ?? false, read: tallying.read, total: () => total}, context);
	const warn = (text: string): void => {
		progress.clear();
		context.warn(text);
	};
	const outputs = await openOutputs(plan.outputs, context, {
		keepBytes: plan.isResumed ? (done?.wholeBytes ?? 0) : undefined,
		beforePrint: progress.clear,
	});

	const listed = makeShared(listWork(plan, done, warn));
	const finished = runList(listed, {
		probe: {...plan.probe, signal: cut.signal, scanElsewhere: scanner.scan},
		concurrency: plan.concurrency,
		slow: plan.slow,
		isOrdered: values.ordered ?? false,
		stop: stop.signal,
		async onResult(probed) {
			const result = judge(probed);
			tallying.add(result);
			skipped += result.skipped.length;
			await print(result);
		},
	});
	if (context.errors.isTerminal || values.progress) {
		void countAhead(plan, values).then(count => {
			total = count === undefined ? undefined : count - (done?.count ?? 0);
		}, noCount);
	}

	async function print(result: TargetResult): Promise<void> {
		if (plan.only.size === 0 || plan.only.has(result.verdict)) {
			await outputs.add(result);
		}
	}

	try {
		await finished;
		if (stopped === 'max-time') {
			await listUnreached(listed, plan.probe.toolVersion, print);
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

	const tally = tallying.read();
	context.warn(
		`${summary(
			{
				tally,
				elapsedMs: performance.now() - startedAt,
				skipped,
				resumed: done?.count ?? 0,
				stopped,
				files: plan.outputs.files.map(({path}) => path),
			},
			{...context.look, hasColor: context.look.hasColor && context.errors.isTerminal},
		)}`,
	);
	return stopped === 'interrupted'
		? 130
		: outputs.exitCodeOf(worstOf([tally.verdicts, ...(done === undefined ? [] : [done.verdicts])], stopped === 'max-time'));
}

type Scanner = {readonly scan: AddressScanner; readonly close: () => Promise<void>};

/**
Scans here first, and over threads as soon as there is enough to do. An address that is being scanned here stays here until that is
over, so that its limit of connections holds.
*/
function startScanner({workers, probe, perSecond}: Plan, threadEntry: URL): Scanner {
	const limits = makeConnectionLimits({maxConnections: probe.maxConnections, perSecond});
	const here = new Map<string, number>();
	let started = 0;
	let pool: ReturnType<typeof startPool> | undefined;
	const scanHere: AddressScanner = async (target, address, deadline, options) => {
		const place = address ?? target.host;
		here.set(place, (here.get(place) ?? 0) + 1);
		const scanned = await scanAddress(target, address, deadline, {...options, limits});
		const left = here.get(place)! - 1;
		if (left === 0) {
			here.delete(place);
		} else {
			here.set(place, left);
		}

		return scanned;
	};

	return {
		scan(target, address, deadline, options) {
			started += 1;
			// A rate is kept by one clock, and needs no more than one core.
			if (workers < 2 || perSecond !== undefined || started <= targetsBeforeThreads || here.has(address ?? target.host)) {
				return scanHere(target, address, deadline, options);
			}

			pool ??= startPool(threadEntry, workers, threadOptions(probe));
			return pool.scan(target, address, deadline, options);
		},
		close: async () => pool?.close(),
	};
}

const threadOptions = ({
	versions,
	timeoutMs,
	retries,
	maxConnections,
	alsoWithoutServerName,
	confirms,
	localAddress,
	comparesDirect,
	proxyProtocol,
	evidence,
	toolVersion,
}: ProbeOptions) => ({
	versions,
	timeoutMs,
	retries,
	maxConnections,
	alsoWithoutServerName,
	confirms,
	localAddress,
	comparesDirect,
	proxyProtocol,
	evidence,
	toolVersion,
});

/** How many targets there are, where the lists can be read twice. */
async function countAhead(plan: Plan, values: ProbeFlags): Promise<number | undefined> {
	const isCountable = plan.shard === undefined && values.hosts.every(path => path !== '-' && statSync(path).isFile());
	return isCountable ? countPositions(plan.inputs()) : undefined;
}

/** A file that cannot be read a second time, such as one that is gone by now, is not counted. */
const noCount = (): void => {};

function worstOf(counts: readonly Readonly<Record<EndpointVerdict, number>>[], isCutShort: boolean): EndpointVerdict {
	const verdicts = (['pass', 'fail', 'inconclusive'] as const).filter(verdict => counts.some(count => count[verdict] > 0));
	return worstVerdict(isCutShort ? [...verdicts, 'inconclusive'] : verdicts);
}
