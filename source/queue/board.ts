import type {JobQueue} from './job-queue.js';
import type {OpenChunk} from './open-chunk.js';

/** What the parts of a run share. */
export type Board = {
	/** The queues of the labels, in their order. */
	readonly queues: readonly JobQueue[];
	/** By place, in the order of the list. */
	readonly open: Map<string, OpenChunk>;
	/** Targets that were given to the queue, targets whose results were written, and chunks that no worker could finish. */
	readonly counts: {offered: number; written: number; failed: number};
	/** Nothing more is given to the queue. */
	isStopping: boolean;
};
