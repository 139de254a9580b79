import {listedShape} from './shapes.js';
import {isClosedOrReset, type Try, type VersionState} from './version-state.js';

/** From here on an answer is slow: all shapes, one after the other, would fill the default deadline of 30 s. */
export const slowMs = 2000;

/** What may be spent on waiting for connections that are closed late. */
export const mostLateMs = 20_000;

/** So many shapes of a version have to be closed or reset where each takes seconds: there is no time for all of them. */
export const lateShapes = 4;

export const isLateClose = ({outcome, durationMs}: Pick<Try, 'outcome' | 'durationMs'>): boolean =>
	durationMs >= slowMs && isClosedOrReset(outcome);

/** Whether each shape so far was closed or reset, and that took seconds. */
export function isClosedLate({tries}: VersionState): boolean {
	const unlisted = tries.filter(({hello}) => hello.shape !== listedShape);
	return unlisted.some(isLateClose) && unlisted.every(({outcome}) => isClosedOrReset(outcome));
}
