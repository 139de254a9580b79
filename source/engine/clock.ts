import {performance} from 'node:perf_hooks';
import {round} from './describe-finding.js';

/** When something began, and how long it took. */
export type Clock = {stop(): {startedAt: string; durationMs: number}};

export function startClock(): Clock {
	const startedAt = Date.now();
	const start = performance.now();
	return {stop: () => ({startedAt: new Date(startedAt).toISOString(), durationMs: round(performance.now() - start)})};
}
