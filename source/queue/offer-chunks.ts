import type {Board} from './board.js';
import {type Chunk, jobTargetOf, withoutLogins} from './job.js';
import type {JobQueue} from './job-queue.js';
import {type OpenChunk, openChunk, placeOf} from './open-chunk.js';
import type {PartReader} from './parts.js';
import type {QueueRunOptions} from './run-options.js';

/** Gives the chunks of a run to the queues of its labels. */
export type Offers = {
	/** Fills the queue, up to so many chunks. */
	readonly fill: (most: number) => Promise<void>;
	/** Gives a chunk to some queues, once more or for the first time. */
	readonly offer: (chunk: OpenChunk, to?: readonly JobQueue[]) => Promise<void>;
	/** Takes back what workers have not begun. */
	readonly withdraw: () => Promise<void>;
};

export function makeOffers({queues, open, counts}: Board, parts: PartReader, options: QueueRunOptions): Offers {
	const {run, probe, isMail, concurrency, perSecond} = options;
	const base = {
		version: probe.toolVersion,
		run,
		isMail,
		options: withoutLogins(probe),
		...(concurrency === undefined ? {} : {concurrency}),
		...(perSecond === undefined ? {} : {perSecond}),
	};
	const chunkOf = ({wanted}: OpenChunk): Chunk => ({
		...base,
		targets: [...wanted.values()].map(({entry, position}) => jobTargetOf(entry, position)),
	});

	const offer = async (chunks: readonly OpenChunk[], to: readonly JobQueue[]): Promise<void> => {
		const jobs = chunks.filter(({wanted}) => wanted.size > 0).map(chunk => ({id: chunk.id, chunk: chunkOf(chunk)}));
		if (jobs.length > 0) {
			await Promise.all(to.map(queue => queue.add(jobs)));
		}
	};

	let last = {number: -1, part: 0};
	return {
		async fill(most) {
			const fresh: OpenChunk[] = [];
			for (let part = open.size < most ? parts.take() : undefined; part !== undefined; part = open.size < most ? parts.take() : undefined) {
				last = {number: part.number, part: part.number === last.number ? last.part + 1 : 1};
				const chunk = openChunk(part.items, {...last, tries: 1, fruitless: 0}, options);
				open.set(placeOf(chunk), chunk);
				counts.offered += part.items.length;
				options.onRunning(part.items.length);
				fresh.push(chunk);
			}

			await offer(fresh, queues);
		},
		offer: (chunk, to = queues) => offer([chunk], to),
		async withdraw() {
			for (const chunk of [...open.values()]) {
				for (const [index, queue] of queues.entries()) {
					if (chunk.ends[index] === undefined && chunk.wanted.size > 0 && (await queue.remove(chunk.id))) {
						chunk.ends[index] = '';
					}
				}
			}
		},
	};
}
