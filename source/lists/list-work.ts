import type {TargetResult} from '../engine/probe-target.js';
import type {Done} from './done.js';
import {createDuplicates} from './duplicates.js';
import type {ReadOptions} from './formats/format.js';
import {collectLeftOut, type LeftOut} from './left-out.js';
import {type Listed, listTargets} from './list-targets.js';
import type {HostsInput} from './read-hosts.js';
import {unprobed, unreached} from './run-list.js';
import type {Shard} from './shard.js';

/** What lists name, and which part of it is asked for. */
export type ListPlan = {
	/** @param leaveOut - Receives entries of the lists that are no targets by rule. */
	readonly inputs: (leaveOut?: (file: string) => ReadOptions['leaveOut']) => HostsInput[];
	readonly shard: Shard | undefined;
};

type Warn = (text: string) => void;

export const sayWhenFull = (warn: Warn) => ({
	onFull: () => warn('there are more targets than fit in 64 MB: from here on, duplicates are probed again\n'),
});

/** What is left to do, in order, in batches as they are read. */
export async function* listWork(
	plan: ListPlan,
	done: Done | undefined,
	warn: Warn,
	leftOut: LeftOut = collectLeftOut(),
): AsyncGenerator<readonly Listed[]> {
	const duplicates = createDuplicates(sayWhenFull(warn), done?.seen);
	for await (const batch of listTargets(plan.inputs(leftOut.of), {shard: plan.shard, duplicates})) {
		yield done === undefined ? batch : batch.filter(listed => !done.has(listed));
	}
}

/**
Hand batches out one by one. What is no target is named where it is met. It can be gone on with after a run has stopped: what was
asked for and has not come yet goes to who asks next.
*/
export function makeShared(batches: AsyncGenerator<readonly Listed[]>, warn: Warn): AsyncIterable<Listed> {
	let batch: readonly Listed[] = [];
	let place = 0;
	let pending: Promise<IteratorResult<Listed>> | undefined;

	const take = (): IteratorResult<Listed> => {
		const value = batch[place]!;
		place += 1;
		if (value.entry.kind === 'invalid') {
			const {source, text, problem} = value.entry;
			warn(`${source.file}:${source.line}: ${text}: ${problem}\n`);
		}

		return {done: false, value};
	};

	const read = async (): Promise<IteratorResult<Listed>> => {
		while (place === batch.length) {
			const step = await batches.next();
			if (step.done) {
				return step;
			}

			batch = step.value;
			place = 0;
		}

		return take();
	};

	const next = (): Promise<IteratorResult<Listed>> => {
		if (pending === undefined && place < batch.length) {
			return Promise.resolve(take());
		}

		pending ??= read().finally(() => {
			pending = undefined;
		});
		return pending;
	};

	return {[Symbol.asyncIterator]: () => ({next})};
}

/** More than this are named one by one no longer: a block may have millions. */
const mostUnreachedNamed = 100_000;

/** Results for targets that were not reached while the run went on: they come after all others, and no more than some are kept. */
export function collectUnreached(): {
	readonly add: (result: TargetResult) => void;
	readonly read: (toolVersion: string) => readonly TargetResult[];
} {
	const results: TargetResult[] = [];
	let others = 0;
	return {
		add(result) {
			if (results.length < mostUnreachedNamed) {
				results.push(result);
			} else {
				others += 1;
			}
		},
		read: toolVersion =>
			others === 0 ? results : [...results, unprobed('...', 'not-reached', `${others} more targets were not reached`, toolVersion, {})],
	};
}

/** An input that is still open may bring more at any time, or never. */
const stillToComeMs = 1000;

export async function listUnreached(
	listed: AsyncIterable<Listed>,
	toolVersion: string,
	print: (result: TargetResult) => Promise<void> | undefined,
): Promise<void> {
	let named = 0;
	for await (const item of asLongAsTheyCome(listed)) {
		if (named === mostUnreachedNamed) {
			const {position} = item;
			await print(unprobed('...', 'not-reached', `nothing was probed from position ${position} on`, toolVersion, {position}));
			return;
		}

		named += 1;
		await print(unreached(item, toolVersion));
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
