import type {ProbeOptions} from '../engine/probe-options.js';
import type {TargetResult} from '../engine/probe-target.js';
import type {Listed} from '../lists/list-targets.js';
import {unprobed, unreached} from '../lists/run-list.js';
import type {Board} from './board.js';
import type {JobEnd} from './job-queue.js';
import {type Ends, mergeLabels} from './merge-labels.js';
import type {Offers} from './offer-chunks.js';
import {isComplete, type OpenChunk, openChunk, placeOf, readResults} from './open-chunk.js';
import {reasonInWords} from './reason-in-words.js';
import type {RunLock} from './run-lock.js';
import type {QueueRunOptions} from './run-options.js';

/** Results that are taken at once: what a process that ends has taken and not written is probed again. */
const mostTaken = 8;
/** A chunk of which workers return nothing is given to the queue so often. One of which they return a part shrinks each time. */
const mostFruitless = 3;

/** How many results were there. With `many`, there may be more. */
export type ResultsTaken = 'none' | 'some' | 'many';

/** Takes the results of chunks from the queues, and hands them to the run. */
export type Taking = {
	/** Takes results that are there, and hands over the chunks that are complete. */
	readonly take: () => Promise<ResultsTaken>;
};

export function makeTaking(board: Board, {offer}: Offers, lock: RunLock, options: QueueRunOptions): Taking {
	const {queues, open, counts} = board;
	const {run, labels, probe, isOrdered} = options;

	const takeEnds = async (): Promise<number> => {
		let most = 0;
		for (const [index, queue] of queues.entries()) {
			const chunks = [...open.values()].filter(({ends, wanted}) => ends[index] === undefined && wanted.size > 0);
			const byId = new Map(chunks.map(chunk => [chunk.id, chunk]));
			const ends = await queue.ended([...byId.keys()], lock.token, run, mostTaken);
			if (ends === undefined) {
				await lock.renew();
				continue;
			}

			most = Math.max(most, ends.length);
			for (const end of ends) {
				await noteEnd(byId.get(end.id)!, end, index);
			}
		}

		return most;
	};

	const noteEnd = async (chunk: OpenChunk, end: JobEnd, index: number): Promise<void> => {
		switch (end.kind) {
			case 'completed':
				chunk.ends[index] = {packed: end.value};
				break;
			case 'failed':
				counts.failed += 1;
				chunk.ends[index] = reasonInWords(end.value);
				break;
			case 'missing':
				// Whatever has removed it: an operator, or a Redis that keeps nothing.
				if (board.isStopping) {
					chunk.ends[index] = '';
				} else {
					await offer(chunk, [queues[index]!]);
				}

				break;
			default:
				end satisfies never;
		}
	};

	/** Writes the chunks that are complete, in order where that was asked for, and removes their jobs. */
	const write = async (): Promise<void> => {
		const removals: (() => Promise<boolean>)[] = [];
		for (const chunk of [...open.values()]) {
			if (isComplete(chunk)) {
				const ends = chunk.ends.map(end => (typeof end === 'object' ? readResults(end.packed) : end));
				const withResults = queues.filter((_queue, index) => typeof ends[index] === 'object');
				removals.push(...withResults.map(queue => () => queue.remove(chunk.id)));
				if (!(await writeChunk(chunk, ends)) && isOrdered) {
					break;
				}
			} else if (isOrdered) {
				break;
			}
		}

		// In one go. Those that failed stay in the queue, where they can be seen and tried again.
		await Promise.all(removals.map(remove => remove()));
	};

	/** @returns Whether all of it is written: what a worker has left out is given to the queue again, at the same place of the list. */
	const writeChunk = async (chunk: OpenChunk, ends: Ends): Promise<boolean> => {
		const {results, left} = mergeLabels(chunk.wanted, ends, labels, item => unreached(item, probe.toolVersion), notReached(probe));
		const fruitless = left.length < chunk.wanted.size ? 0 : chunk.fruitless + 1;
		const isTriedAgain = left.length > 0 && !board.isStopping && fruitless < mostFruitless;
		const missing = isTriedAgain ? [] : left.map(item => notReached(probe)(item, 'no worker returned a result for it'));
		const all = [...chunk.known, ...results, ...missing];
		// In order, those before what is left may not be written without those behind it.
		const waiting = isTriedAgain && isOrdered ? all : [];
		const again = isTriedAgain ? openChunk(left, {...chunk, tries: chunk.tries + 1, fruitless}, options, waiting) : undefined;
		if (waiting.length === 0) {
			await handOver(all);
		}

		if (again === undefined) {
			open.delete(placeOf(chunk));
			return true;
		}

		open.set(placeOf(again), again);
		await offer(again);
		return false;
	};

	const handOver = async (all: readonly TargetResult[]): Promise<void> => {
		for (const result of isOrdered ? all.toSorted((one, other) => positionOf(one) - positionOf(other)) : all) {
			const taken = options.onResult(result);
			if (taken !== undefined) {
				await taken;
			}
		}

		counts.written += all.length;
		options.onRunning(-all.length);
	};

	return {
		async take() {
			const most = await takeEnds();
			await write();
			return most === 0 ? 'none' : most < mostTaken ? 'some' : 'many';
		},
	};
}

const positionOf = ({recordings: [{report}]}: TargetResult): number => report.position ?? 0;

/** A result for a target that no worker has probed. */
const notReached =
	({toolVersion}: ProbeOptions) =>
	({entry, position}: Listed, problem: string): TargetResult =>
		unprobed(entry.kind === 'invalid' ? entry.text : entry.target.target, 'not-reached', problem, toolVersion, {position});
