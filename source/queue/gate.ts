import {type Slow, whenSlow} from '../engine/batch.js';

/** How many targets of a run may be in work at once, if it is alone. */
export type GateLoad = {
	readonly concurrency: number;
	readonly slow: Slow | undefined;
};

/** What all runs of a worker have in common: how many targets are in work at once. */
export type Gate = {
	/** Resolves when a target may begin. @returns To be called when it has ended. */
	readonly enter: (load: GateLoad) => Promise<() => void>;
};

/** Sums of shares are not exact. */
const tolerance = 1e-9;

type Waiting = {readonly load: GateLoad; readonly go: (leave: () => void) => void};

/**
Lets targets begin as long as their shares are one together: a target has the share that it would have of a run that is alone. Those that are slow
count no more, as in `batch`, but for a limit of their own. Targets begin in the order in which they have come, whatever run they are of.
*/
export function makeGate(): Gate {
	const waiting: Waiting[] = [];
	/** Shares of those that are being answered, and of all, where each may be one of `slow.most`. */
	let [answered, all] = [0, 0];

	const hasRoom = (load: GateLoad): boolean => answered + 1 / load.concurrency <= 1 + tolerance && all + 1 / mostOf(load) <= 1 + tolerance;

	const begin = (load: GateLoad): (() => void) => {
		const [share, shareOfAll] = [1 / load.concurrency, 1 / mostOf(load)];
		let counted = share;
		answered += share;
		all += shareOfAll;
		const forget = whenSlow(load.slow, () => {
			counted = 0;
			answered -= share;
			admit();
		});
		return () => {
			forget();
			answered -= counted;
			all -= shareOfAll;
			admit();
		};
	};

	const admit = (): void => {
		while (waiting.length > 0 && hasRoom(waiting[0]!.load)) {
			const {load, go} = waiting.shift()!;
			go(begin(load));
		}
	};

	return {
		enter: load =>
			new Promise(go => {
				waiting.push({load, go});
				admit();
			}),
	};
}

const mostOf = ({concurrency, slow}: GateLoad): number => Math.max(concurrency, slow?.most ?? 0);
