/** Those who want to know when the user has had enough. */
export type Interrupt = {
	readonly add: (listener: () => void) => void;
	readonly delete: (listener: () => void) => void;
};

const nobody: Interrupt = {add() {}, delete() {}};

const interrupts = new WeakMap<AbortSignal, Interrupt>();

/**
One listener on a signal, shared by all who want to know. A run has thousands of connections at once: an `AbortSignal` searches
its listeners one by one for each that leaves, and warns when it has more than ten.
*/
export function interruptOf(signal: AbortSignal | undefined): Interrupt {
	if (signal === undefined) {
		return nobody;
	}

	const known = interrupts.get(signal) ?? makeInterrupt(signal);
	interrupts.set(signal, known);
	return known;
}

function makeInterrupt(signal: AbortSignal): Interrupt {
	const listeners = new Set<() => void>();
	signal.addEventListener('abort', () => {
		for (const listener of [...listeners]) {
			listener();
		}
	});
	return {
		add: listener => void listeners.add(listener),
		delete: listener => void listeners.delete(listener),
	};
}
