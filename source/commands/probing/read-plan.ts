import {accessSync, constants, createReadStream, statSync} from 'node:fs';
import {whyUnreadable} from '../../bytes/why-unreadable.js';
import type {ProbeHooks, ProbeOptions} from '../../engine/probe-options.js';
import {scannedPorts} from '../../lists/formats/format.js';
import {type HostsFormatName, hostsFormatNames} from '../../lists/formats/index.js';
import type {ListPlan} from '../../lists/list-work.js';
import type {Shard} from '../../lists/shard.js';
import type {OutputPlan} from '../../outputs/open-outputs.js';
import type {EndpointVerdict} from '../../policy/default-expectation.js';
import {oneSample} from '../../probes/versions/sample.js';
import {cacheNames} from '../../transport/name-cache.js';
import {nameServerResolver} from '../../transport/name-server.js';
import {type Context, UsageError} from '../command.js';
import {hostsFilePath, readServer} from '../read-name-servers.js';
import {readCount, readDuration} from '../read-values.js';
import {planLoad} from './plan-load.js';
import {planOutputs} from './plan-outputs.js';
import type {ListFlags} from './probe-flags.js';
import {type OptionDefaults, readHooks, readOnly, readOptions} from './read-options.js';
import type {PolicyChoice} from './read-policies.js';
import {readWords} from './read-words.js';

export type Plan = ListPlan & {
	readonly outputs: OutputPlan;
	readonly isResumed: boolean;
	readonly only: ReadonlySet<EndpointVerdict>;
	readonly maxTimeMs: number | undefined;
	/** Undefined for as many as find a processor. */
	readonly workers: number | undefined;
	readonly concurrency: number;
	readonly slow: {readonly afterMs: number; readonly most: number} | undefined;
	/** As given; undefined where the probes decide. */
	readonly askedConcurrency: number | undefined;
	readonly perSecond: number | undefined;
	readonly probe: ProbeOptions;
	readonly hooks: ProbeHooks;
};

/** @throws {UsageError} For flags that do not go together, and values that mean nothing. */
export function readPlan(targets: readonly string[], values: ListFlags, context: Context, policy?: PolicyChoice): Plan {
	for (const name of ['explain', 'record', 'pcap'] as const) {
		if (values[name]) {
			throw new UsageError(
				`--${name} is for targets on the command line, not for lists and large blocks; use --json --evidence for the bytes of a list`,
			);
		}
	}

	const outputs = planOutputs(values, 'lines');
	if (values.resume && !(outputs.files.length === 1 && outputs.files[0]!.format === 'jsonl')) {
		throw new UsageError('--resume needs exactly one --output FILE of lines of JSON, which it continues');
	}

	if (values.resume && values.only !== undefined && values.only.length > 0) {
		throw new UsageError('--only leaves out results that --resume needs in the file; use one of them');
	}

	if (values.resume && values.mx) {
		throw new UsageError('--resume needs the targets in the file, but --mx writes mail servers there; use one of them');
	}

	const format = readFormat(values.hostsFormat);
	const ports = values.scannedPorts === undefined ? 'all' : readWords('--scanned-ports', [values.scannedPorts], scannedPorts)[0]!;
	for (const path of values.hosts) {
		checkReadable(path);
	}

	const probe = readOptions(values, context, {...listDefaults(values), policy});
	const perSecond = values.rate === undefined ? undefined : readRate(values.rate);
	const concurrency = values.concurrency === undefined ? undefined : readCount('--concurrency', values.concurrency, 1, 100_000);
	return {
		inputs: (leaveOut = () => () => {}) => [
			...(targets.length === 0 ? [] : [{file: 'the command line', bytes: oneChunk(`${targets.join('\n')}\n`), format: 'lines' as const}]),
			...values.hosts.map(path => ({
				file: path === '-' ? 'standard input' : path,
				bytes: path === '-' ? context.stdin : readFile(path),
				format,
				options: {scannedPorts: ports, leaveOut: leaveOut(path === '-' ? 'standard input' : path)},
			})),
		],
		shard: readShard(values.shard),
		outputs,
		isResumed: values.resume ?? false,
		only: readOnly(values),
		maxTimeMs: values.maxTime === undefined ? undefined : readDuration('--max-time', values.maxTime),
		workers: values.workers === undefined ? undefined : readCount('--workers', values.workers, 1, 256),
		...planLoad(probe, concurrency, perSecond),
		askedConcurrency: concurrency,
		perSecond,
		probe,
		hooks: {
			...readHooks(values, context),
			// What runs is left to end.
			signal: undefined,
			resolver: cacheNames(nameServerResolver({servers: values.dns.map(readServer), hostsFile: hostsFilePath(context)})),
		},
	};
}

/** Lists ask once: they are to be cheap for the hosts, and their hosts are many. In a list a connection more for each host is much. */
const listDefaults = ({hosts}: ListFlags): OptionDefaults => ({asksLargeHello: false, ...(hosts.length > 0 ? {samples: oneSample} : {})});

/** Opened when its turn comes: there may be many. */
async function* readFile(path: string): AsyncGenerator<Uint8Array> {
	try {
		yield* createReadStream(path);
	} catch (error) {
		throw new UsageError(`--hosts ${path}: it cannot be read: ${whyUnreadable(error)}`);
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
			throw new UsageError(`--hosts ${path}: it is a directory; name a file in it`);
		}

		accessSync(path, constants.R_OK);
	} catch (error) {
		if (error instanceof UsageError) {
			throw error;
		}

		throw new UsageError(`--hosts ${path}: ${whyUnreadable(error)}`);
	}
}

function readRate(text: string): number {
	const value = Number(text);
	if (!(value > 0 && value <= 1_000_000)) {
		throw new UsageError(`--rate takes connections per second, such as 50 or 0.5, not ${JSON.stringify(text)}`);
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
		throw new UsageError(`--shard takes a part such as 1/5 or 5/5, not ${JSON.stringify(text)}`);
	}

	return {index, count};
}
