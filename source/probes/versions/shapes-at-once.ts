import {defaultVersions} from '../../iana/versions.js';
import {slowMs} from './late.js';
import type {Progress} from './progress.js';
import {isAnswer, isClosedOrReset, type Try, type VersionState} from './version-state.js';

/** So many shapes of a version are asked at once. */
export const mostShapesAtOnce = 3;

/** So many hellos are asked at once where answers are quick, as many as of the versions in use. */
const mostHellos = defaultVersions.length;

/**
How many shapes of each version are asked at once, where another version is accepted. One by one takes the fewest connections if one is
accepted. After two alerts that is rare, and if each takes seconds there is no time.

@param versionStates - Those that are asked for in another shape.
*/
export function countShapesAtOnce({isLimited}: Progress, versionStates: readonly VersionState[]): number {
	if (versionStates.some(isSlow)) {
		return mostShapesAtOnce;
	}

	const count = Math.floor(mostHellos / versionStates.length);
	return isLimited || !versionStates.every(isRefusedTwice) ? 1 : Math.max(1, Math.min(mostShapesAtOnce, count));
}

/** Whether the last shape took seconds, so that the next one is likely to. Silence has a separate limit. */
const isSlow = ({tries}: VersionState): boolean => {
	const last = tries.at(-1);
	return last !== undefined && last.durationMs >= slowMs && (isAnswer(last.outcome) || isClosedOrReset(last.outcome));
};

const isRefusedTwice = ({tries}: VersionState): boolean => tries.length > 1 && tries.slice(-2).every(isAlert);

const isAlert = ({outcome}: Try): boolean => outcome.kind === 'alert' && isAnswer(outcome);
