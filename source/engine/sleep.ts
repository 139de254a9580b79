import {interruptOf} from '../transport/interrupt.js';
/** Wait, but no longer than until the signal aborts. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
	return new Promise(resolve => {
		if (milliseconds <= 0 || signal?.aborted) {
			resolve();
			return;
		}

		const finish = (): void => {
			clearTimeout(timer);
			interruptOf(signal).leave(place, finish);
			resolve();
		};

		const timer = setTimeout(finish, milliseconds);
		const place = interruptOf(signal).join(finish);
	});
}
