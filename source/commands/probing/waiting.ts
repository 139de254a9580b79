import {performance} from 'node:perf_hooks';
import {safeText} from '../../bytes/safe-text.js';
import type {Context} from '../command.js';

/** Of hosts that have not answered yet. */
export type Waiting = {
	/** Takes the line off the terminal, so that something can be printed in its place. */
	readonly clear: () => void;
	readonly stop: () => void;
};

const everyMs = 1000;

/**
Show on a terminal what is being waited for, from one second on: `waiting for example.com:443, 3 s`.

@param names - What has not ended yet.
*/
export function showWaiting(names: () => readonly string[], context: Pick<Context, 'errors' | 'look'>): Waiting {
	const {look} = context;
	const startedAt = performance.now();
	let isDrawn = false;
	const clear = (): void => {
		if (isDrawn) {
			context.errors.stream.write(eraseLine);
			isDrawn = false;
		}
	};

	const timer = setInterval(() => {
		// Most runs are over by now, and to look at the stream takes a part of the time in which they start.
		if (!context.errors.isTerminal) {
			clearInterval(timer);
			return;
		}

		const seconds = Math.round((performance.now() - startedAt) / 1000);
		const text = safeText(waitingLine(names(), seconds), look);
		clear();
		if (text !== '') {
			// On a line that is full, terminals differ in where the cursor is.
			context.errors.stream.write(text.slice(0, look.columns - 1));
			isDrawn = true;
		}
	}, everyMs);
	timer.unref();
	return {
		clear,
		stop() {
			clearInterval(timer);
			clear();
		},
	};
}

const eraseLine = '\r\u001B[2K';

/** Empty where nothing is waited for. */
export function waitingLine(names: readonly string[], seconds: number): string {
	const [first, ...others] = names;
	return first === undefined ? '' : `waiting for ${first}${others.length === 0 ? '' : ` and ${others.length} more`}, ${seconds} s`;
}
