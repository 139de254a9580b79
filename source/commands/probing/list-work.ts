import {createReadStream} from 'node:fs';
import type {TargetResult} from '../../engine/probe-target.js';
import {type Done, NotResultsError, readDone} from '../../lists/done.js';
import {createDuplicates} from '../../lists/duplicates.js';
import {type Listed, listTargets} from '../../lists/list-targets.js';
import {type Context, UsageError} from '../command.js';
import {collectLeftOut, type LeftOut} from './left-out.js';
import {unprobed, unreached} from './list-run.js';
import type {Plan} from './read-plan.js';

/** @returns What an earlier run has done; undefined where there was none. */
export async function readEarlier(path: string, context: Context): Promise<Done | undefined> {
	try {
		return await readDone(createReadStream(path), sayWhenFull(context));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return undefined;
		}

		if ((error as NodeJS.ErrnoException).code === 'EISDIR') {
			throw new UsageError(`--resume: ${path} is a folder; nothing was changed`);
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

/** What is left to do, in order, in batches as they are read. */
export async function* listWork(
	plan: Plan,
	done: Done | undefined,
	warn: Context['warn'],
	leftOut: LeftOut = collectLeftOut(),
): AsyncGenerator<readonly Listed[]> {
	const duplicates = createDuplicates(sayWhenFull({warn}), done?.seen);
	for await (const batch of listTargets(plan.inputs(leftOut.of), {shard: plan.shard, duplicates})) {
		yield done === undefined ? batch : batch.filter(listed => !done.has(listed));
	}
}

/**
Hand batches out one by one. What is no target is named where it is met. It can be gone on with after a run has stopped: what was
asked for and has not come yet goes to who asks next.
*/
export function makeShared(batches: AsyncGenerator<readonly Listed[]>, warn: Context['warn']): AsyncIterable<Listed> {
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
			await print(unprobed('...', 'not-reached', `nor was anything from position ${position} on`, toolVersion, {position}));
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
