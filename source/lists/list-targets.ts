import {setImmediate as letOthersRun} from 'node:timers/promises';
import {createDuplicates, type Duplicates, keyOf} from './duplicates.js';
import type {Entry, InvalidEntry, RangeEntry, TargetEntry} from './entry.js';
import {type HostsInput, readHosts} from './read-hosts.js';
import {isInShard, type Shard} from './shard.js';
import {addressAt} from './targets/addresses.js';
import {targetAt} from './targets/read-expression.js';

/** A target, or a line that is none, and its place among everything listed, duplicates and other shards included: from 0. */
export type Listed = {readonly position: number; readonly entry: TargetEntry | InvalidEntry};

export type ListOptions = {
	/** Leave out what comes before this position. It still counts for telling duplicates. */
	readonly startAt?: number | undefined;
	/** Leave out what another shard lists. */
	readonly shard?: Shard | undefined;
	/** To share with what is listed elsewhere, or to learn when it is full. */
	readonly duplicates?: Duplicates | undefined;
};

/** So many are handed over at once at most, so that a block starts at once. */
const longestBatch = 256;
/** So many addresses of a block are passed over, as duplicates or another shard's, before something else gets a turn. */
const longestSearch = 4096;

/**
Everything that several lists name, each target once, blocks and ranges address by address.

@returns Batches, none of them empty. The same inputs give the same positions, whatever the options.
@throws What an input throws.
*/
export async function* listTargets(inputs: Iterable<HostsInput>, options: ListOptions = {}): AsyncGenerator<readonly Listed[]> {
	const duplicates = options.duplicates ?? createDuplicates();
	let position = 0;
	for (const input of inputs) {
		for await (const entries of readHosts(input)) {
			for (const batch of inBatches(entries, position, {...options, duplicates})) {
				if (batch.length > 0) {
					yield batch;
				} else {
					await letOthersRun();
				}
			}

			position = entries.reduce((sum, entry) => after(sum, sizeOf(entry)), position);
		}
	}
}

/** How many positions lists take: what a run has ahead of it, duplicates included. Blocks are not expanded for it. */
export async function countPositions(inputs: Iterable<HostsInput>): Promise<number> {
	let count = 0;
	for (const input of inputs) {
		for await (const entries of readHosts(input)) {
			count = entries.reduce((sum, entry) => after(sum, sizeOf(entry)), count);
		}
	}

	return count;
}

/** How many positions an entry takes. */
export const sizeOf = (entry: Entry): number => (entry.kind === 'range' ? after(0, entry.addresses.size * entry.ports.length) : 1);

/** The target at a place of a range, from 0. Each address comes with all of its ports before the next. */
export function targetOf({addresses, ports, ...given}: RangeEntry, place: number): TargetEntry {
	const portIndex = place % ports.length;
	const target = targetAt(addressAt(addresses, (place - portIndex) / ports.length), ports[portIndex]!);
	return {...given, kind: 'target', target};
}

/** No run is so long that two positions become equal. */
const after = (position: number, size: number): number => Math.min(Number.MAX_SAFE_INTEGER, position + size);

type ExpandOptions = ListOptions & {readonly duplicates: Duplicates};

/** At a pause, what there is: it may be nothing. */
function* inBatches(entries: readonly Entry[], firstPosition: number, options: ExpandOptions): Generator<readonly Listed[]> {
	let batch: Listed[] = [];
	let position = firstPosition;
	for (const entry of entries) {
		if (entry.kind === 'range') {
			for (const item of expandRange(entry, position, options)) {
				if (item !== undefined) {
					batch.push(item);
				}

				if (item === undefined || batch.length === longestBatch) {
					yield batch;
					batch = [];
				}
			}
		} else if (isWanted(entry, position, options)) {
			batch.push({position, entry});
			if (batch.length === longestBatch) {
				yield batch;
				batch = [];
			}
		}

		position = after(position, sizeOf(entry));
	}

	if (batch.length > 0) {
		yield batch;
	}
}

/** Whether a target, or a line that is none, is of this run. Duplicates are told by every target of the shard, wherever the run starts. */
function isWanted(entry: TargetEntry | InvalidEntry, position: number, {startAt = 0, shard, duplicates}: ExpandOptions): boolean {
	if (entry.kind === 'invalid') {
		return position >= startAt && (shard === undefined || isInShard(`${entry.source.line} ${entry.text}`, shard));
	}

	return (
		(shard === undefined || isInShard(keyOf(entry.target, entry.overrides), shard)) &&
		duplicates.add(entry.target, entry.overrides) &&
		position >= startAt
	);
}

/** The targets of a range. An undefined one is a pause. */
function* expandRange(
	range: RangeEntry,
	firstPosition: number,
	{startAt = 0, shard, duplicates}: ExpandOptions,
): Generator<Listed | undefined> {
	const {isKnownWhole, isNew} = duplicates.addRange(range);
	const size = sizeOf(range);
	// What was done before is passed over without being looked at, where it need not be remembered one by one.
	const skipped = Math.min(size, Math.max(0, startAt - firstPosition));
	for (let place = isKnownWhole ? skipped : 0; place < size; place++) {
		const entry = targetOf(range, place);
		if ((shard === undefined || isInShard(keyOf(entry.target, entry.overrides), shard)) && isNew(entry.target) && place >= skipped) {
			yield {position: firstPosition + place, entry};
		}

		if (place % longestSearch === longestSearch - 1) {
			yield undefined;
		}
	}
}
