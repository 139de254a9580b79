import {makeSlotMap} from './slot-map.js';

/** Those who want to know when the user has had enough. */
export type Interrupt = {
	/** @returns The place to leave. */
	readonly join: (listener: () => void) => number;
	/** Who has left already, or not joined yet, may leave again. */
	readonly leave: (place: number, listener: () => void) => void;
};

const nobody: Interrupt = {join: () => 0, leave() {}};

const interrupts = new WeakMap<AbortSignal, Interrupt>();

/**
One listener on a signal, shared by all who want to know. A run has thousands of connections at once: an `AbortSignal` searches
its listeners one by one for each that leaves, and warns when it has more than ten.
*/
export function interruptOf(signal: AbortSignal | undefined): Interrupt {
	if (signal === undefined) {
		return nobody;
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

/** `max-time` where the time for a whole run is over, else the user has had enough. */
export type WhyAborted = 'max-time' | 'cancelled';

/** @param signal - One that aborted; `abort('max-time')` says so. */
export const whyAborted = (signal: AbortSignal): WhyAborted => (signal.reason === 'max-time' ? 'max-time' : 'cancelled');
