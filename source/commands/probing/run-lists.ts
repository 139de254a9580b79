import {accessSync, constants, createReadStream, statSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {performance} from 'node:perf_hooks';
import {makeConnectionLimits} from '../../engine/connection-limits.js';
import {type Done, NotResultsError, readDone} from '../../engine/done.js';
import {createDuplicates} from '../../engine/hosts/duplicates.js';
import {type HostsFormatName, hostsFormatNames} from '../../engine/hosts/index.js';
import {countPositions, type Listed, listTargets} from '../../engine/hosts/list-targets.js';
import type {HostsInput} from '../../engine/hosts/read-hosts.js';
import type {Shard} from '../../engine/hosts/shard.js';
import {startPool} from '../../engine/pool.js';
import {type AddressScanner, type ProbeOptions, scanAddress, type TargetResult} from '../../engine/probe-target.js';
import {startTally} from '../../engine/tally.js';
import {summary} from '../../formats/summary.js';
import {type EndpointVerdict, worstVerdict} from '../../policy/default-expectation.js';
import {cacheNames} from '../../transport/name-cache.js';
import {nameServerResolver} from '../../transport/name-server.js';
import {type Context, type ExitCode, UsageError} from '../command.js';
import {readCount, readDuration} from '../read-values.js';
import {descriptorLimit} from './descriptor-limit.js';
import {runList, unprobed} from './list-run.js';
import {type OutputPlan, openOutputs, planOutputs} from './outputs.js';
import {showProgress} from './progress.js';
import {type ProbeFlags, readOptions} from './read-options.js';
import {readWords} from './read-words.js';

/** Descriptors that are not for connections. */
const reservedDescriptors = 64;
/** Targets at once that are being answered; those that have waited for longer than `slowAfterMs` do not count. */
const usualConcurrency = 64;
const slowAfterMs = 250;
const mostAtOnce = 2000;
/** Until there is this much to do, threads cost more than they bring. */
const targetsBeforeThreads = 200;

/** Probe what lists name. */
export async function runLists(input: readonly string[], values: ProbeFlags, context: Context): Promise<ExitCode> {
	const plan = readPlan(input, values, context);
	const done = plan.isResumed ? await readEarlier(plan.outputs.files[0]!.path, context) : undefined;
	if (done?.isByPosition) {
		context.warn(`more results than are remembered by name: the rest is told by its place, so the lists must be as they were\n`);
	}

	return carryOut(plan, done, values, context);
}

type Plan = {
	readonly inputs: () => HostsInput[];
	readonly shard: Shard | undefined;
	readonly outputs: OutputPlan;
	readonly isResumed: boolean;
	readonly only: ReadonlySet<EndpointVerdict>;
	readonly maxTimeMs: number | undefined;
	readonly workers: number;
	readonly concurrency: number;
	readonly slow: {readonly afterMs: number; readonly most: number} | undefined;
	readonly perSecond: number | undefined;
	readonly probe: ProbeOptions;
};

function readPlan(targets: readonly string[], values: ProbeFlags, context: Context): Plan {
	for (const name of ['explain', 'record', 'pcap'] as const) {
		if (values[name]) {
			throw new UsageError(`--${name} is for targets on the command line, not for lists; --json --evidence keeps the bytes of a list`);
		}
	}

	const outputs = planOutputs(values, 'lines');
	if (values.resume && !(outputs.files.length === 1 && outputs.files[0]!.format === 'jsonl')) {
		throw new UsageError('--resume goes with one --output FILE of lines of JSON, which it goes on with');
	}

	if (values.resume && values.only.length > 0) {
		throw new UsageError('--only leaves results out of the file that --resume goes by; use one of them');
	}

	const format = readFormat(values.hostsFormat);
	for (const path of values.hosts) {
		checkReadable(path);
	}

	const probe = readOptions(undefined, values, context);
	const perSecond = values.rate === undefined ? undefined : readRate(values.rate);
	const concurrency = values.concurrency === undefined ? undefined : readCount('--concurrency', values.concurrency, 1, 100_000);
	const most = Math.max(
		1,
		Math.min(mostAtOnce, Math.floor((descriptorLimit() - reservedDescriptors) / Math.min(probe.maxConnections, probe.versions.length))),
	);
	// Those that wait for their turn must not run out of time meanwhile.
	const byRate = perSecond === undefined ? most : Math.max(1, Math.ceil(perSecond));
	return {
		inputs: () => [
			...(targets.length === 0 ? [] : [{file: 'the command line', bytes: oneChunk(`${targets.join('\n')}\n`), format: 'lines' as const}]),
			...values.hosts.map(path => ({
				file: path === '-' ? 'standard input' : path,
				bytes: path === '-' ? context.stdin : readFile(path),
				format,
			})),
		],
		shard: readShard(values.shard),
		outputs,
		isResumed: values.resume ?? false,
		only: new Set(readWords('--only', values.only, ['pass', 'fail', 'inconclusive'])),
		maxTimeMs: values.maxTime === undefined ? undefined : readDuration('--max-time', values.maxTime),
		workers: values.workers === undefined ? availableParallelism() : readCount('--workers', values.workers, 1, 256),
		concurrency: Math.min(concurrency ?? usualConcurrency, byRate, most),
		slow: concurrency === undefined && perSecond === undefined ? {afterMs: slowAfterMs, most} : undefined,
		perSecond,
		probe: {
			...probe,
			signal: undefined,
			resolver: cacheNames(nameServerResolver({servers: values.dns.map(readServer), hostsFile: hostsFilePath(context)})),
		},
	};
}

/** Opened when its turn comes: there may be many. */
async function* readFile(path: string): AsyncGenerator<Uint8Array> {
	try {
		yield* createReadStream(path);
	} catch (error) {
		throw new UsageError(`--hosts ${path}: it cannot be read (${(error as NodeJS.ErrnoException).code})`);
	}
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text);
}

function readFormat(text: string | undefined): HostsFormatName | 'auto' {
	return text === undefined ? 'auto' : readWords('--hosts-format', [text], ['auto', ...hostsFormatNames])[0]!;
}

function checkReadable(path: string): void {
	if (path === '-') {
		return;
	}

	try {
		if (statSync(path).isDirectory()) {
			throw new UsageError(`--hosts ${path}: that is a folder; name a file in it`);
		}

		accessSync(path, constants.R_OK);
	} catch (error) {
		if (error instanceof UsageError) {
			throw error;
		}

		throw new UsageError(
			`--hosts ${path}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'it cannot be read'}`,
		);
	}
}

function readRate(text: string): number {
	const value = Number(text);
	if (!(value > 0 && value <= 1_000_000)) {
		throw new UsageError(`--rate takes connections a second, such as 50 or 0.5, not ${JSON.stringify(text)}`);
	}

	return value;
}

function readShard(text: string | undefined): Shard | undefined {
	const match = text === undefined ? undefined : /^(\d{1,9})\/(\d{1,9})$/.exec(text);
	if (match === undefined) {
		return undefined;
	}

	const [index, count] = [Number(match?.[1]), Number(match?.[2])];
	if (!(index >= 1 && index <= count)) {
		throw new UsageError(`--shard takes a part of a whole, from 1/5 to 5/5, not ${JSON.stringify(text)}`);
	}

	return {index, count};
}

function readServer(text: string): string {
	// Node.js takes these forms and no others.
	if (!/^(?:\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?|\[[\da-f:.]+\](?::\d{1,5})?|[\da-f:.]*:[\da-f:.]*)$/i.test(text)) {
		throw new UsageError(`--dns takes the address of a name server, such as 127.0.0.1 or 127.0.0.1:5353, not ${JSON.stringify(text)}`);
	}

	return text;
}

const hostsFilePath = ({environment}: Context): string =>
	environment.SystemRoot === undefined ? '/etc/hosts' : `${environment.SystemRoot}\\System32\\drivers\\etc\\hosts`;

async function readEarlier(path: string, context: Context): Promise<Done | undefined> {
	try {
		return await readDone(createReadStream(path), sayWhenFull(context));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return undefined;
		}

		if (error instanceof NotResultsError) {
			throw new UsageError(`--resume: ${path} is not a file of results (${error.message}); nothing was changed`);
		}

		throw error;
	}
}

const sayWhenFull = ({warn}: Pick<Context, 'warn'>) => ({
	onFull: () => warn('more targets than are remembered in 64 MB: from here on, what is named twice is probed twice\n'),
});

async function carryOut(plan: Plan, done: Done | undefined, values: ProbeFlags, context: Context): Promise<ExitCode> {
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
		async onResult(result) {
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

/** What is left to do, in order, one by one; what is no target is named where it is met. */
async function* listWork(plan: Plan, done: Done | undefined, warn: Context['warn']): AsyncGenerator<Listed> {
	const duplicates = createDuplicates(sayWhenFull({warn}), done?.seen);
	for await (const batch of listTargets(plan.inputs(), {shard: plan.shard, duplicates})) {
		for (const listed of batch) {
			if (done?.has(listed)) {
				continue;
			}

			const {entry} = listed;
			if (entry.kind === 'invalid') {
				warn(`${entry.source.file}:${entry.source.line}: ${entry.text}: ${entry.problem}\n`);
			}

			yield listed;
		}
	}
}

/** A list that can be gone on with after a run has stopped: what was asked for and has not come yet goes to who asks next. */
function makeShared(listed: AsyncGenerator<Listed>): AsyncIterable<Listed> {
	let pending: Promise<IteratorResult<Listed>> | undefined;
	const next = (): Promise<IteratorResult<Listed>> => {
		pending ??= listed.next().finally(() => {
			pending = undefined;
		});
		return pending;
	};

	return {[Symbol.asyncIterator]: () => ({next})};
}

/** More than this are named one by one no longer: a block may have millions. */
const mostUnreachedNamed = 100_000;

/** An input that is still open may bring more at any time, or never. */
const stillToComeMs = 1000;

async function listUnreached(
	listed: AsyncIterable<Listed>,
	toolVersion: string,
	print: (result: TargetResult) => Promise<void>,
): Promise<void> {
	let named = 0;
	for await (const {entry, position} of asLongAsTheyCome(listed)) {
		if (named === mostUnreachedNamed) {
			await print(unprobed('...', 'not-reached', `nor was anything from position ${position} on`, toolVersion, {position}));
			return;
		}

		named += 1;
		const text = entry.kind === 'invalid' ? entry.text : entry.target.target;
		await print(unprobed(text, 'not-reached', 'the run was over before its turn', toolVersion, {position}));
	}
}

async function* asLongAsTheyCome(listed: AsyncIterable<Listed>): AsyncGenerator<Listed> {
	const iterator = listed[Symbol.asyncIterator]();
	for (;;) {
		let timer: NodeJS.Timeout | undefined;
		const tooLate = new Promise<{readonly done: true}>(resolve => {
			timer = setTimeout(() => resolve({done: true}), stillToComeMs);
		});
		const next = await Promise.race([iterator.next(), tooLate]);
		clearTimeout(timer);
		if (next.done) {
			return;
		}

		yield next.value;
	}
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
		here.set(address, (here.get(address) ?? 0) + 1);
		const scanned = await scanAddress(target, address, deadline, {...options, limits});
		const left = here.get(address)! - 1;
		if (left === 0) {
			here.delete(address);
		} else {
			here.set(address, left);
		}

		return scanned;
	};

	return {
		scan(target, address, deadline, options) {
			started += 1;
			// A rate is kept by one clock, and needs no more than one core.
			if (workers < 2 || perSecond !== undefined || started <= targetsBeforeThreads || here.has(address)) {
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
	localAddress,
	evidence,
	toolVersion,
}: ProbeOptions) => ({
	versions,
	timeoutMs,
	retries,
	maxConnections,
	alsoWithoutServerName,
	localAddress,
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
