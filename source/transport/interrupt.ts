import {makeSlotMap} from './slot-map.js';

/** The listeners that are called when the run is interrupted. */
export type Interrupt = {
	/** @returns The place to leave. */
	readonly join: (listener: () => void) => number;
	/** May be called before `join` and more than once. */
	readonly leave: (place: number, listener: () => void) => void;
};

const neverInterrupted: Interrupt = {join: () => 0, leave() {}};

const interrupts = new WeakMap<AbortSignal, Interrupt>();

/**
One listener on a signal, shared by all connections. A run has thousands of connections at once: an `AbortSignal` searches
its listeners one by one for each that leaves, and warns when it has more than ten.
*/
export function interruptOf(signal: AbortSignal | undefined): Interrupt {
	if (signal === undefined) {
		return neverInterrupted;
	}

	const known = interrupts.get(signal);
	if (known !== undefined) {
		return known;
	}

	const made = makeInterrupt(signal);
	interrupts.set(signal, made);
	return made;
}

function makeInterrupt(signal: AbortSignal): Interrupt {
	const listeners = makeSlotMap<() => void>();
	signal.addEventListener('abort', () => {
		for (const listener of listeners.values()) {
			listener();
		}
	});
	return {
		join: listeners.add,
		leave: listeners.remove,
	};
}

/** `max-time` if the time for a whole run is over, else the user interrupted the run. */
export type WhyAborted = 'max-time' | 'cancelled';

/** @param signal - One that aborted; `abort('max-time')` says so. */
export const whyAborted = (signal: AbortSignal): WhyAborted => (signal.reason === 'max-time' ? 'max-time' : 'cancelled');
