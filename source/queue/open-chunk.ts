import {isResult} from '../engine/is-report.js';
import type {TargetResult} from '../engine/probe-target.js';
import type {TargetEntry} from '../lists/entry.js';
import type {Listed} from '../lists/list-targets.js';
import {unprobed} from '../lists/run-list.js';
import type {StoredResult} from './job.js';
import {jobId} from './job-queue.js';
import {unpackResults} from './pack.js';
import type {QueueRunOptions} from './run-options.js';

/** Which targets of a list a chunk has. */
export type ChunkPlace = {
	readonly number: number;
	/** Which part of the chunk it is, from 1: a list that is read slowly comes in several. */
	readonly part: number;
	/** How often it was given to the queue, with what was left of it. */
	readonly tries: number;
	/** How often in a row no worker returned anything of it. */
	readonly fruitless: number;
};

/** The results of a worker, as a job has them. */
export type PackedEnd = {readonly packed: string};

/** A chunk that was given to the queue and is not written yet. */
export type OpenChunk = ChunkPlace & {
	readonly id: string;
	readonly wanted: ReadonlyMap<number, Listed & {readonly entry: TargetEntry}>;
	/** Lines that are no targets, and what is known already. */
	readonly known: readonly TargetResult[];
	/**
	By label, in the order of the labels: what a worker has returned, or a reason why there is nothing, which is empty where the chunk was taken back.
	Results are unpacked when they are written: until then they take a tenth of the memory.
	*/
	readonly ends: (PackedEnd | string | undefined)[];
};

/** @param known - Results that are written with those of the chunk. */
export function openChunk(
	items: readonly Listed[],
	{number, part, tries, fruitless}: ChunkPlace,
	{run, digest, labels, probe}: Pick<QueueRunOptions, 'run' | 'digest' | 'labels' | 'probe'>,
	known: readonly TargetResult[] = [],
): OpenChunk {
	const targets = items.filter((item): item is Listed & {readonly entry: TargetEntry} => item.entry.kind === 'target');
	const invalid = items.flatMap(({entry, position}) =>
		entry.kind === 'invalid'
			? [unprobed(entry.text, 'invalid-target', entry.problem, probe.toolVersion, {position, source: entry.source})]
			: [],
	);
	return {
		id: jobId(run, digest, {number, part, tries}),
		number,
		part,
		tries,
		fruitless,
		wanted: new Map(targets.map(item => [item.position, item])),
		known: [...known, ...invalid],
		ends: labels.map(() => undefined),
	};
}

/** Names the place of a chunk in the list, however often it is given to the queue. */
export const placeOf = ({number, part}: Pick<ChunkPlace, 'number' | 'part'>): string => `${number}.${part}`;

export const isComplete = ({ends, wanted}: OpenChunk): boolean => wanted.size === 0 || ends.every(end => end !== undefined);

/** @returns A reason, where it is not what a worker returns. */
export function readResults(value: string): readonly StoredResult[] | string {
	try {
		const {results} = unpackResults(JSON.parse(value) as string);
		return results.every(isStoredResult) ? results : 'a worker returned something else than results';
	} catch {
		return 'a worker returned something else than results';
	}
}

const isStoredResult = ({position, target, reports, skipped, verdict}: StoredResult): boolean =>
	Number.isSafeInteger(position) &&
	typeof target?.target === 'string' &&
	Array.isArray(skipped) &&
	['pass', 'fail', 'inconclusive'].includes(verdict) &&
	Array.isArray(reports) &&
	reports.length > 0 &&
	reports.every(isResult);
