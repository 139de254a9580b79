import {isClosedLate, lateShapes} from './late.js';
import {listedDoubt} from './listed-doubt.js';
import type {Progress} from './progress.js';
import {findControl} from './rate-limit.js';
import {
	isAcceptance,
	isAnswer,
	isClosedOrReset,
	isConnectionError,
	isRefusedEarly,
	isUnrecognizedName,
	latestTries,
	leastClosures,
	type Try,
	type Verdict,
	type VersionState,
} from './version-state.js';

/** The result of a version that no single answer settled. */
export function conclude(progress: Progress, versionState: VersionState): Verdict {
	const {acceptedWithoutSni, shapes, version} = versionState;
	const control = findControl(progress);
	if (acceptedWithoutSni !== undefined && control === undefined) {
		return {status: 'accepted', by: acceptedWithoutSni};
	}

	// Silence that an answer to a later hello followed does not count.
	const all = latestTries(versionState).filter(({outcome}) => !isAcceptance(outcome, version));
	const lastAnswer = all.findLastIndex(({outcome}) => isAnswer(outcome));
	const tries = all.filter(({outcome}, index) => outcome.kind !== 'silent' || index > lastAnswer);
	const first = tries[0]!;
	const spoiler = tries.find(
		({outcome}) =>
			(!isAnswer(outcome) && !isClosedOrReset(outcome)) ||
			outcome.kind === 'unreachable' ||
			isRefusedEarly(outcome) ||
			isUnrecognizedName(outcome),
	);
	if (spoiler !== undefined) {
		// That time ran out on a later shape, or that no connection was made for it, says less than what the server did before.
		return {status: 'inconclusive', by: isConnectionError(spoiler.outcome) ? bestEvidence(tries) : spoiler};
	}

	// If each close takes seconds, and no accepted version was ever closed or reset, some of the shapes are enough.
	const needed = isClosedLate(versionState) && !isDropping(progress) ? shapes.slice(0, lateShapes) : shapes;
	const isEachAsked = needed.every(shape => all.some(({hello}) => hello === shape));
	const isControlled = control !== undefined && !isRefusedAlike(progress, control, first);
	const isRejected =
		isEachAsked && acceptedWithoutSni === undefined && notBetweenControls(versionState).length === 0 && isControlled && !progress.isOver;
	const doubt = isRejected ? listedDoubt(versionState) : undefined;
	const by = doubt?.by ?? bestEvidence(tries);
	const isEnough = isAnswer(by.outcome)
		? !progress.isControlLost
		: versionState.tries.filter(({outcome}) => isClosedOrReset(outcome)).length >= leastClosures;
	return {status: isRejected && doubt === undefined && isEnough ? 'rejected' : 'inconclusive', by};
}

/** Whether the server closed or reset a connection for a version that it accepts. */
const isDropping = ({isLimited, versionStates}: Progress): boolean =>
	isLimited ||
	versionStates.some(({verdict, tries}) => verdict?.status === 'accepted' && tries.some(({outcome}) => isClosedOrReset(outcome)));

/** An answer; without one what the server did with a connection; without one why there was none. */
const bestEvidence = (tries: readonly Try[]): Try =>
	tries.find(({outcome}) => isAnswer(outcome)) ?? tries.find(({outcome}) => !isConnectionError(outcome)) ?? tries[0]!;

/** What servers say to suites and groups that they do not have, for which a version may well have its own. */
const alertsOfNegotiation = [40, 71];

/**
A HelloRetryRequest comes before a server looks at the name and at its certificates. Where the other hellos of that version drew the
very alert that this one draws, the alert is about what they have in common, not about a version: Go's servers answer unknown names so.
*/
function isRefusedAlike({versionStates}: Progress, control: Try, {outcome}: Try): boolean {
	if (control.outcome.kind !== 'hello-retry-request' || outcome.kind !== 'alert' || alertsOfNegotiation.includes(outcome.description)) {
		return false;
	}

	const {tries} = versionStates.find(({verdict}) => verdict?.by === control)!;
	return tries.some(item => item.outcome.kind === 'alert' && item.outcome.description === outcome.description);
}

/** Closes and resets that are not proved to be about the hello, and that no later hello got an answer to. */
export function notBetweenControls(versionState: VersionState): readonly Try[] {
	const tries = latestTries(versionState);
	const lastAnswer = tries.findLastIndex(({outcome}) => isAnswer(outcome));
	return tries.filter(
		({outcome, hello}, index) => index > lastAnswer && isClosedOrReset(outcome) && !versionState.refusedBetweenControls.has(hello.shape),
	);
}
