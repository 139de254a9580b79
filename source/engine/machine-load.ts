import {cpus} from 'node:os';
import {performance} from 'node:perf_hooks';

/** How busy this thread and the machine were since the last look. */
export type Load = {
	/** The share of the time that this thread had something to do, from 0 to 1. */
	readonly ownShare: number;
	/** How many processors had nothing to do. */
	readonly idleProcessors: number;
};

/** Whether a processor had nothing to do, for most of the time. */
export const isAnyIdle = ({idleProcessors}: Load): boolean => idleProcessors >= 0.5;

/** @returns What tells the load since it was last called. */
export function makeLook(): () => Load {
	let own = performance.eventLoopUtilization();
	let machine = readProcessors();
	return () => {
		const {utilization} = performance.eventLoopUtilization(own);
		own = performance.eventLoopUtilization();
		const before = machine;
		machine = readProcessors();
		const elapsed = machine.all - before.all;
		return {
			ownShare: utilization,
			// Not every system counts. Where it does not, a thread costs little, and may bring much.
			idleProcessors: elapsed === 0 ? 1 : ((machine.idle - before.idle) / elapsed) * machine.count,
		};
	};
}

/** What the processors have done since they were started, in milliseconds of theirs. */
function readProcessors(): {readonly idle: number; readonly all: number; readonly count: number} {
	let [idle, all] = [0, 0];
	const processors = cpus();
	for (const {times} of processors) {
		idle += times.idle;
		all += times.idle + times.user + times.sys + times.nice + times.irq;
	}

	return {idle, all, count: processors.length};
}

/** Times of processors are in steps of 10 ms, so that a shorter time tells little. */
const leastMs = 500;

/**
@returns What tells whether all processors of this machine were busy since the last look. The first one looks back to this call.
*/
export function makeIsBusy(look: () => Load = makeLook(), now: () => number = () => performance.now()): () => boolean {
	let lookedAt = now();
	let isBusy = false;
	return () => {
		const at = now();
		if (at - lookedAt >= leastMs) {
			isBusy = !isAnyIdle(look());
			lookedAt = at;
		}

		return isBusy;
	};
}
