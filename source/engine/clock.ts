import {performance} from 'node:perf_hooks';
import {round} from '../probes/round.js';

/** When something began, and how long it took. */
export type Clock = {stop(): {startedAt: string; durationMs: number}};

export function startClock(): Clock {
	const startedAt = Date.now();
	const start = performance.now();
	return {stop: () => ({startedAt: isoTime(startedAt), durationMs: round(performance.now() - start)})};
}

/** The second that was last put in words, as far as its fraction. */
let second = Number.NaN;
let upToFraction = '';

/** As `Date.prototype.toISOString`, which takes as long as a result's JSON: of the hosts of a list thousands begin in the same second. */
export function isoTime(milliseconds: number): string {
	const whole = Math.floor(milliseconds / 1000);
	if (whole !== second) {
		second = whole;
		upToFraction = new Date(whole * 1000).toISOString().slice(0, -'000Z'.length);
	}

	return `${upToFraction}${String(milliseconds - whole * 1000).padStart(3, '0')}Z`;
}

/** The day of a time, ISO 8601, in UTC. */
export const isoDay = (milliseconds: number): string => isoTime(milliseconds).slice(0, 'YYYY-MM-DD'.length);
