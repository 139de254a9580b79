import {cpus} from 'node:os';
import {performance} from 'node:perf_hooks';

/** How busy this thread and the machine were since the last look. */
export type Load = {
	/** The share of the time that this thread had something to do, from 0 to 1. */
	readonly ownShare: number;
	/** How many processors had nothing to do. */
	readonly idleProcessors: number;
};

const everyMs = 250;
/** A burst is over before a thread has started. */
const looksInARow = 2;

/** Whether another thread would find a processor for what is too much for this one. */
const isWorthAThread = ({ownShare, idleProcessors}: Load): boolean => ownShare > 0.9 && idleProcessors >= 0.5;

/**
Tell, once, when this thread has had more to do than it can for a while, and a processor nothing. Where servers are on the same
machine, or other programs, all processors may be busy: more threads would only take turns with them.

@returns What ends the watch.
*/
export function watchLoad(onTooMuch: () => void, look: () => Load = makeTerminalFeatures()): () => void {
	let inARow = 0;
	const timer = setInterval(() => {
		inARow = isWorthAThread(look()) ? inARow + 1 : 0;
		if (inARow === looksInARow) {
			clearInterval(timer);
			onTooMuch();
		}
	}, everyMs);
	timer.unref();
	return () => clearInterval(timer);
}

function makeTerminalFeatures(): () => Load {
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
