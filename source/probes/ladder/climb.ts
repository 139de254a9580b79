import type {HelloSpec} from '../../exchange/hello-spec.js';
import {defaultVersions, versions} from '../../registry/versions.js';
import type {Conversation} from '../probe.js';
import {conclude, unbracketed} from './conclude.js';
import {doubleCheck} from './double-check.js';
import {findingOf, type VersionFinding} from './finding.js';
import {isClosedLate, isLateHangUp, isSlow, lateShapes, shapesAtOnce} from './late.js';
import {askListed} from './listed.js';
import {isListedWanted, isListedWantedOfTries} from './listed-doubt.js';
import {ask, askPatiently, type Climb, findControl, hasAnswered, type Item, isWayOpen, isWornOut, makeClimb} from './patience.js';
import {isReached} from './refused-again.js';
import {repeatHangUps} from './repeat.js';
import {oneSample, type Sampling, takeSamples} from './sample.js';
import {
	isAcceptance,
	isAnswer,
	isHangUp,
	isNameless,
	isProtocolVersionAlert,
	latestTries,
	makeStanding,
	readingOf,
	type Standing,
	type Try,
	triesListed,
} from './standing.js';

/** More silence than this from one version, and no answer to its other hellos is expected. */
const mostSilences = 3;

/** So often a control that is hung up on in the end is asked again. */
const mostRests = 3;

/**
Ask for each version, and climb the ladder of other ways of asking where the answer does not settle it.

1. Every version is asked at once with the same shape of hello. A hang-up is asked again, alone and after pauses.
2. What an answer settles by itself is settled; alert 70 is, where another version is accepted with the same shape.
3. Without any acceptance, the versions that were not asked for are asked too: they may show that the way is open.
4. What is still open is asked in its other shapes, one rung a version at a time.
5. What no rung settled is rejected where everything was an alert or a hang-up and another version is accepted, before and after; else inconclusive.
6. What looks odd is asked once more: two different answers to the same hello are no verdict.
7. Where several samples are wanted, versions are asked for again: several servers may answer at one address.
*/
export function* climb(
	serverName: string | undefined,
	codes: readonly number[],
	sampling: Sampling = {samples: oneSample, asksLargeHello: false},
): Conversation<Map<number, VersionFinding>> {
	// Loops, here and below: what `map` makes is of another kind once V8 has optimized it, and all that was compiled for the first is lost.
	const standings: Standing[] = [];
	for (const code of codes) {
		standings.push(makeStanding(code, serverName));
	}

	const state = makeClimb(standings);
	yield* nextRung(state, standings);
	settleProtocolVersionAlerts(state);
	if (open(state).length > 0) {
		yield* settleTheRest(state, serverName);
	}

	yield* doubleCheck(state);
	yield* takeSamples(state, sampling);
	if (sampling.samples.count > 1) {
		yield* askListedOfSamples(state, serverName);
	}

	return findingsOf(standings);
}

/** A sample may be closed by a gate that the first connection did not meet. */
function* askListedOfSamples(state: Climb, serverName: string | undefined): Conversation<void> {
	const closed = state.standings.filter(
		standing => standing.samples !== undefined && standing.verdict?.status === 'rejected' && isListedWantedOfTries(standing),
	);
	yield* askListed(state, closed, serverName);
	for (const standing of closed) {
		const accepted = triesListed(standing).find(({outcome}) => isAcceptance(outcome, standing.version));
		if (accepted !== undefined) {
			standing.verdict = {status: 'accepted', by: accepted};
		}
	}
}

function findingsOf(standings: readonly Standing[]): Map<number, VersionFinding> {
	const findings = new Map<number, VersionFinding>();
	const isStartTlsTaken = isReached(standings);
	for (const standing of standings) {
		if (!standing.isControlOnly) {
			findings.set(standing.version, findingOf(standing, isStartTlsTaken));
		}
	}

	return findings;
}

function* settleTheRest(state: Climb, serverName: string | undefined): Conversation<void> {
	if (!state.standings.every(isNotReached)) {
		yield* findAnyControl(state, serverName);
		yield* climbOn(state);
		yield* bracketHangUps(state);
		yield* askListed(state, open(state).filter(isListedWanted), serverName);
		yield* repeatHangUps(state, open(state));
		yield* checkControl(state);
	}

	const verdicts = open(state).map(standing => conclude(state, standing));
	for (const [index, standing] of open(state).entries()) {
		standing.verdict = verdicts[index]!;
	}
}

const isNotReached = ({tries}: Standing): boolean =>
	tries.every(({outcome}) => ['unreachable', 'proxy-refused', 'starttls-refused'].includes(outcome.kind));

/** Those that were asked and are not settled. Time may be up before a version that serves as a control has its turn. */
const open = (state: Climb): Standing[] => state.standings.filter(({verdict, tries}) => verdict === undefined && tries.length > 0);

/** Ask the next shape, or several at once, of each of these, and settle what the answers settle. */
function* nextRung(state: Climb, standings: readonly Standing[], count = 1): Conversation<void> {
	const items: Item[] = [];
	for (const standing of standings) {
		const end = Math.min(standing.nextShape + count, standing.shapes.length);
		for (; standing.nextShape < end; standing.nextShape++) {
			items.push({standing, hello: standing.shapes[standing.nextShape]!});
		}
	}

	yield* askPatiently(state, items);
	yield* weighNameless(state, standings);
	for (const standing of standings) {
		settle(standing);
	}
}

/**
Some edges keep old versions for clients that send no name, and others are intolerant of any extension. The first hello again,
but without the name, tells them apart: where it is accepted, the acceptance says nothing of the name.
*/
function* weighNameless(state: Climb, standings: readonly Standing[]): Conversation<void> {
	for (const standing of standings) {
		const isOpen = standing.verdict === undefined && standing.nameless === undefined && !state.isOver;
		const nameless = isOpen ? standing.tries.find(item => isNamelessAcceptance(standing, item)) : undefined;
		if (nameless === undefined) {
			continue;
		}

		const [first] = standing.shapes;
		const hello = {...first, shape: 'unnamed', extensions: {...first.extensions!, serverName: undefined}};
		const [again] = yield* ask(state, [{standing, hello}]);
		if (isAcceptance(again!.outcome, standing.version)) {
			standing.nameless = nameless;
		} else {
			standing.verdict = {status: 'accepted', by: nameless};
		}
	}
}

const isNamelessAcceptance = (standing: Standing, {hello, outcome}: Try): boolean =>
	isNameless(standing, hello) && isAcceptance(outcome, standing.version);

function settle(standing: Standing): void {
	if (standing.verdict !== undefined) {
		return;
	}

	for (const item of latestTries(standing)) {
		const status = readingOf(item.outcome, standing.version);
		const isSettling = status === 'inconclusive' ? item.hello.shape === standing.shapes[0].shape : status === 'rejected';
		if (isSettling) {
			standing.verdict = {status: status!, by: item};
			return;
		}
	}
}

function settleProtocolVersionAlerts({standings}: Climb): void {
	for (const standing of standings) {
		const settling = standing.verdict === undefined ? settlingAlert(standing, standings) : undefined;
		if (settling !== undefined) {
			standing.verdict = {status: 'rejected', by: settling};
		}
	}
}

/** Alert 70 to a shape in which another version is accepted, or to two shapes. */
function settlingAlert(standing: Standing, standings: readonly Standing[]): Try | undefined {
	const refusals = latestTries(standing).filter(({outcome}) => isProtocolVersionAlert(outcome));
	const isAcceptedIn = ({shape}: HelloSpec): boolean =>
		standings.some(({verdict}) => verdict?.status === 'accepted' && verdict.by.hello.shape === shape);
	return refusals.find(({hello}) => isAcceptedIn(hello)) ?? (refusals.length > 1 ? refusals[0] : undefined);
}

/** Where nothing was accepted, ask for the versions that the user left out: one of them may show that the way is open. */
function* findAnyControl(state: Climb, serverName: string | undefined): Conversation<void> {
	const isWanted = open(state).some(({tries}) => tries.some(({outcome}) => isAnswer(outcome) || isHangUp(outcome)));
	if (!isWanted || findControl(state) !== undefined || state.isOver) {
		return;
	}

	const others = defaultVersions.map(name => versions.code(name)).filter(code => !state.standings.some(({version}) => version === code));
	if (others.length === 0) {
		return;
	}

	const controls = others.map(code => makeStanding(code, serverName, true));
	state.standings.push(...controls);
	yield* nextRung(state, controls);
}

/** The other shapes, one rung at a time for all versions that are open. */
function* climbOn(state: Climb): Conversation<void> {
	for (;;) {
		settleProtocolVersionAlerts(state);
		const climbing = open(state).filter(standing => mayClimb(state, standing));
		if (climbing.every(({isControlOnly}) => isControlOnly) || state.isOver) {
			return;
		}

		const count = findControl(state) !== undefined && climbing.some(isSlow) ? shapesAtOnce : 1;
		state.mostAtOnce = Math.max(state.mostAtOnce, climbing.length * count);
		yield* nextRung(state, climbing, count);
	}
}

function mayClimb(state: Climb, standing: Standing): boolean {
	if (standing.nextShape >= standing.shapes.length || isWornOut(state) || (standing.isControlOnly && findControl(state) !== undefined)) {
		return false;
	}

	// Where nothing was answered and hang-ups take seconds, two shapes are enough to say so.
	const isLateForAll = !hasAnswered(state) && state.standings.some(({tries}) => tries.some(isLateHangUp));
	if (standing.nextShape >= (isLateForAll ? 2 : isClosedLate(standing) ? lateShapes : Number.POSITIVE_INFINITY)) {
		return false;
	}

	const silences = standing.tries.filter(({outcome}) => outcome.kind === 'silent').length;
	// A server that says nothing to anything gets one other shape: what is left to learn is not worth the wait.
	const isAllSilent = state.standings.every(({tries}) => tries.every(({outcome}) => !isAnswer(outcome) && !isHangUp(outcome)));
	return silences < (isAllSilent ? 2 : mostSilences);
}

/** Hang-ups from before the first acceptance have no control yet. */
function* bracketHangUps(state: Climb): Conversation<void> {
	for (;;) {
		const items = open(state).flatMap((standing): Item[] => {
			const hello = unbracketed(standing)[0]?.hello;
			return hello === undefined || standing.isControlOnly ? [] : [{standing, hello}];
		});
		if (items.length === 0 || state.isOver || isWornOut(state) || findControl(state) === undefined) {
			return;
		}

		const before = open(state).flatMap(unbracketed).length;
		yield* askPatiently(state, items);
		for (const {standing} of items) {
			settle(standing);
		}

		if (open(state).flatMap(unbracketed).length >= before) {
			return;
		}
	}
}

/** Some limits are told by alerts: before alerts are believed, what was accepted has to be accepted still. */
function* checkControl(state: Climb): Conversation<void> {
	const isRejectedByAlert = (standing: Standing): boolean => {
		const {status, by} = conclude(state, standing);
		return status === 'rejected' && by.outcome.kind === 'alert';
	};

	// A control that does not hold is none any more, and the next one has its turn.
	while (open(state).some(isRejectedByAlert)) {
		const control = findControl(state);
		let isOpen = yield* isWayOpen(state, {atOnce: state.mostAtOnce});
		// A control that is hung up on may have met a limit, which rests may meet.
		for (let rests = 0; !isOpen && rests < mostRests && findControl(state) === control && !state.isOver; rests++) {
			isOpen = yield* isWayOpen(state, {isRested: true});
			state.pause += 1;
		}

		if (isOpen || findControl(state) === control) {
			state.isControlLost = !isOpen;
			return;
		}
	}
}
