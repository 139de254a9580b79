import {performance} from 'node:perf_hooks';
import {columnsOf, wrap} from '../../formats/fill.js';
import {count, duration, rate} from '../../formats/numbers.js';
import type {Tally} from '../../lists/tally.js';
import type {Context} from '../command.js';

export type ProgressDisplay = {
	/** Takes what is drawn off the terminal, so that a result can be printed in its place. */
	clear(): void;
	stop(): void;
};

export type ProgressOptions = {
	/** Print plain lines where there is no terminal to draw on. */
	readonly isWanted: boolean;
	readonly read: () => Tally;
	/** How many targets there are in all, where that is known already. */
	readonly total: () => number | undefined;
};

const drawnEveryMs = 100;
const printedEveryMs = 5000;

const silent: ProgressDisplay = {clear() {}, stop() {}};

/** Show on stderr how far a run is: redrawn on a terminal, a line every few seconds elsewhere if the user wants that, else nothing. */
export async function showProgress({isWanted, read, total}: ProgressOptions, {errors, warn, look}: Context): Promise<ProgressDisplay> {
	const startedAt = performance.now();
	const line = (): string => progressLine(read(), total(), performance.now() - startedAt);
	if (!errors.isTerminal) {
		if (!isWanted) {
			return silent;
		}

		const timer = setInterval(() => warn(`${line()}\n`), printedEveryMs);
		return {clear() {}, stop: () => clearInterval(timer)};
	}

	// An eighth of the script that lists start from, were it part of it.
	const {createLogUpdate} = await import('./redraw.js');
	const draw = createLogUpdate(errors.stream, {showCursor: true});
	const timer = setInterval(() => draw(wrap(line(), columnsOf(look)).join('\n')), drawnEveryMs);
	return {
		clear: () => draw.clear(),
		stop() {
			clearInterval(timer);
			draw.clear();
		},
	};
}

/** `1,234 of 6,000 (20%), 812/s, 6 s left: 1,200 pass, 30 fail, 4 inconclusive` */
export function progressLine({targets, verdicts}: Tally, total: number | undefined, elapsedMs: number): string {
	const left = total === undefined || targets === 0 ? undefined : (elapsedMs / targets) * Math.max(0, total - targets);
	const parts = [
		total === undefined
			? count(targets)
			: `${count(targets)} of ${count(total)} (${total === 0 ? 100 : Math.floor((targets * 100) / total)}%)`,
		rate(targets, elapsedMs),
		...(left === undefined ? [] : [`${duration(left)} left`]),
	];
	return `${parts.join(', ')}: ${count(verdicts.pass)} pass, ${count(verdicts.fail)} fail, ${count(verdicts.inconclusive)} inconclusive`;
}
