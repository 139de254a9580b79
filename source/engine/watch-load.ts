import {isAnyIdle, type Load, makeLook} from './machine-load.js';

const everyMs = 250;
/** How many looks in a row have to agree. A burst is over before a thread has started. */
const usualLooks = 2;

/** Whether another thread would find a processor for what is too much for this one. */
const isWorthAThread = (load: Load): boolean => load.ownShare > 0.9 && isAnyIdle(load);

/**
Tell, once, when this thread has had more to do than it can for a while, and a processor nothing. Where servers are on the same
machine, or other programs, all processors may be busy: more threads would only take turns with them.

@param look - Tells the load since the look before.
@param looksInARow - How many looks, a quarter of a second apart, have to agree.
@returns What ends the watch.
*/
export function watchLoad(onTooMuch: () => void, look: () => Load = makeLook(), looksInARow = usualLooks): () => void {
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
