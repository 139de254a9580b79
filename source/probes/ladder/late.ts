import {listedShape} from './shapes.js';
import {isAnswer, isHangUp, type Standing, type Try} from './standing.js';

/** From here on an answer is slow: the whole ladder of them, one after the other, would fill the default deadline of 30 s. */
const slowMs = 2000;

/** What may be spent on waiting for connections that are closed late. */
export const mostLateMs = 20_000;

/** So many shapes of a version have to be hung up on where each takes seconds: there is no time for the whole ladder. */
export const lateShapes = 4;

/** So many shapes of a version are asked at once where each takes seconds. */
export const shapesAtOnce = 3;

export const isLateHangUp = ({outcome, durationMs}: Pick<Try, 'outcome' | 'durationMs'>): boolean =>
	durationMs >= slowMs && isHangUp(outcome);

/** Whether the last rung took seconds, so that the next one is likely to. Silence has a limit of its own. */
export const isSlow = ({tries}: Standing): boolean => {
	const last = tries.at(-1);
	return last !== undefined && last.durationMs >= slowMs && (isAnswer(last.outcome) || isHangUp(last.outcome));
};

/** Whether each rung so far was hung up on, and that took seconds. */
export function isClosedLate({tries}: Standing): boolean {
	const rungs = tries.filter(({hello}) => hello.shape !== listedShape);
	return rungs.some(isLateHangUp) && rungs.every(({outcome}) => isHangUp(outcome));
}
