/**
How many targets are begun in a turn of the event loop. Each more is one that waits for the others; with one alone the turns
themselves take a tenth of the whole (docs/performance.md).
*/
export const startsPerTurn = 4;

/** Resolves when what has arrived by now has been dealt with. */
export const yieldToEventLoop = (): Promise<void> =>
	new Promise(resolve => {
		setImmediate(resolve);
	});
