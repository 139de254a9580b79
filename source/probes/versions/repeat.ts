import type {Conversation} from '../probe.js';
import {notBetweenControls} from './conclude.js';
import {isClosedLate} from './late.js';
import type {Progress, VersionHello} from './progress.js';
import {askWithPauses, findControl, isBudgetSpent} from './rate-limit.js';
import {mostShapesAtOnce} from './shapes-at-once.js';
import {isClosedOrReset, latestTries, leastClosures, type VersionState} from './version-state.js';

/**
Send the same hellos again, until the answer is something other than a close or reset: each time between two acceptances of another version. Where
each takes seconds, several are asked at once instead.

@param times - How often, at least.
*/
export function* askRepeatedly(progress: Progress, items: readonly VersionHello[], times: number): Conversation<void> {
	const copies = items.some(({versionState}) => isClosedLate(versionState)) ? Math.min(times, mostShapesAtOnce) : 1;
	let left = items;
	for (let count = 0; count < times && left.length > 0 && !progress.isOver && !isBudgetSpent(progress); count += copies) {
		for (const {versionState, hello} of left) {
			versionState.refusedBetweenControls = new Set([...versionState.refusedBetweenControls].filter(shape => shape !== hello.shape));
		}

		yield* askWithPauses(progress, Array.from({length: copies}, () => left).flat());
		left = left.filter(({versionState, hello}) => versionState.tries.every(item => item.hello !== hello || isClosedOrReset(item.outcome)));
	}
}

/**
A version of few shapes, such as TLS 1.3, is closed by chance at each of them more often than one of many. What was only closed or reset, and less
often than it takes, is asked again.
*/
export function* repeatCloses(progress: Progress, versionStates: readonly VersionState[]): Conversation<void> {
	for (const versionState of findControl(progress) === undefined ? [] : versionStates) {
		const count = versionState.tries.filter(({outcome}) => isClosedOrReset(outcome)).length;
		const isClosedNow =
			latestTries(versionState).every(({outcome}) => isClosedOrReset(outcome)) && notBetweenControls(versionState).length === 0;
		if (isClosedNow && !versionState.isControlOnly && versionState.verdict === undefined && count < leastClosures) {
			yield* askRepeatedly(progress, [{versionState, hello: versionState.shapes[0]}], leastClosures - count);
		}
	}
}
