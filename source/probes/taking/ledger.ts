import type {Taken} from './take-all.js';

/** What is known of a code that was not accepted. `too-long`: refused in a list that is longer than any that was accepted. */
export type Open = 'refused' | 'closed' | 'failed' | 'too-long' | 'unclear';

/** What is known of each code so far. */
export type Ledger = {
	readonly accepted: readonly number[];
	/** Those that were not accepted. */
	readonly open: ReadonlyMap<number, Open>;
	readonly note: (taken: Taken, longestAccepted: number) => void;
	readonly accept: (code: number) => void;
	readonly set: (code: number, status: Open) => void;
	/** In the order of their codes. */
	readonly undecided: () => number[];
};

export function makeLedger(): Ledger {
	const accepted: number[] = [];
	const open = new Map<number, Open>();
	const accept = (code: number): void => {
		open.delete(code);
		if (!accepted.includes(code)) {
			accepted.push(code);
		}
	};

	return {
		accepted,
		open,
		accept,
		set: (code, status) => {
			open.set(code, status);
		},
		note({accepted: taken, left, ending}, longestAccepted) {
			for (const code of taken) {
				accept(code);
			}

			const status = ending === 'all-taken' ? 'unclear' : ending === 'refused' && left.length > longestAccepted ? 'too-long' : ending;
			for (const code of left.filter(code => !accepted.includes(code))) {
				open.set(code, status);
			}
		},
		undecided: () =>
			[...open]
				.filter(([, status]) => status !== 'refused')
				.map(([code]) => code)
				.toSorted((one, other) => one - other),
	};
}
