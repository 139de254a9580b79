import {isClosedLate, lateShapes} from './late.js';
import {listedDoubt} from './listed-doubt.js';
import {type Climb, findControl} from './patience.js';
import {
	isAcceptance,
	isAnswer,
	isConnectionError,
	isHangUp,
	isTurnedAway,
	isUnrecognizedName,
	latestTries,
	leastHangUps,
	type Standing,
	type Try,
	type Verdict,
} from './standing.js';

/** What a version comes to that no single answer settled. */
export function conclude(state: Climb, standing: Standing): Verdict {
	const {nameless, shapes, version} = standing;
	const control = findControl(state);
	if (nameless !== undefined && control === undefined) {
		return {status: 'accepted', by: nameless};
	}

	// Silence that an answer to a later hello followed does not count.
	const all = latestTries(standing).filter(({outcome}) => !isAcceptance(outcome, version));
	const lastAnswer = all.findLastIndex(({outcome}) => isAnswer(outcome));
	const tries = all.filter(({outcome}, index) => outcome.kind !== 'silent' || index > lastAnswer);
	const first = tries[0]!;
	const spoiler = tries.find(
		({outcome}) =>
			(!isAnswer(outcome) && !isHangUp(outcome)) || outcome.kind === 'unreachable' || isTurnedAway(outcome) || isUnrecognizedName(outcome),
	);
	if (spoiler !== undefined) {
		// That time ran out on a later rung, or that no connection was made for it, says less than what the server did before.
		return {status: 'inconclusive', by: isConnectionError(spoiler.outcome) ? bestEvidence(tries) : spoiler};
	}

	// Where each hang-up takes seconds, and nothing that is accepted was ever hung up on, some shapes have to do.
	const rungs = isClosedLate(standing) && !isDropping(state) ? shapes.slice(0, lateShapes) : shapes;
	const isWholeLadder = rungs.every(shape => all.some(({hello}) => hello === shape));
	const isControlled = control !== undefined && !isRefusedAlike(state, control, first);
	const isRejected = isWholeLadder && nameless === undefined && unbracketed(standing).length === 0 && isControlled && !state.isOver;
	const doubt = isRejected ? listedDoubt(standing) : undefined;
	const by = doubt?.by ?? bestEvidence(tries);
	const isEnough = isAnswer(by.outcome)
		? !state.isControlLost
		: standing.tries.filter(({outcome}) => isHangUp(outcome)).length >= leastHangUps;
	return {status: isRejected && doubt === undefined && isEnough ? 'rejected' : 'inconclusive', by};
}

/** Whether the server hung up on a version that it accepts. */
const isDropping = ({isLimited, standings}: Climb): boolean =>
	isLimited || standings.some(({verdict, tries}) => verdict?.status === 'accepted' && tries.some(({outcome}) => isHangUp(outcome)));

/** An answer; without one what the server did with a connection; without one why there was none. */
const bestEvidence = (tries: readonly Try[]): Try =>
	tries.find(({outcome}) => isAnswer(outcome)) ?? tries.find(({outcome}) => !isConnectionError(outcome)) ?? tries[0]!;

/** What servers say to suites and groups that they do not have, for which a version may well have its own. */
const alertsOfNegotiation = [40, 71];

/**
A HelloRetryRequest comes before a server looks at the name and at its certificates. Where the other hellos of that version drew the
very alert that this one draws, the alert is about what they have in common, not about a version: Go's servers answer unknown names so.
*/
function isRefusedAlike({standings}: Climb, control: Try, {outcome}: Try): boolean {
	if (control.outcome.kind !== 'hello-retry-request' || outcome.kind !== 'alert' || alertsOfNegotiation.includes(outcome.description)) {
		return false;
	}

	const {tries} = standings.find(({verdict}) => verdict?.by === control)!;
	return tries.some(item => item.outcome.kind === 'alert' && item.outcome.description === outcome.description);
}

/** Hang-ups that nothing shows to be meant for the hello, and that no answer to a later one makes up for. */
export function unbracketed(standing: Standing): readonly Try[] {
	const tries = latestTries(standing);
	const lastAnswer = tries.findLastIndex(({outcome}) => isAnswer(outcome));
	return tries.filter(({outcome, hello}, index) => index > lastAnswer && isHangUp(outcome) && !standing.bracketed.has(hello.shape));
}
