import {defaultVersions, versions} from '../../iana/versions.js';
import type {Conversation} from '../probe.js';
import {conclude, notBetweenControls} from './conclude.js';
import {doubleCheck, inDoubt} from './double-check.js';
import {findingOf, type VersionFinding} from './finding.js';
import {isClosedLate, isLateClose, lateShapes} from './late.js';
import {askListed} from './listed.js';
import {isListedWanted, isListedWantedOfTries} from './listed-doubt.js';
import {asksOf, isClear, makeProgress, note, type Progress, type VersionHello} from './progress.js';
import {ask, askWithPauses, findControl, hasAnswered, isBudgetSpent, isControlAccepted} from './rate-limit.js';
import {isReached} from './refused-again.js';
import {repeatCloses} from './repeat.js';
import {isSampling, oneSample, type Sampling, takeSamples} from './sample.js';
import {settle, settleProtocolVersionAlerts} from './settle.js';
import {countShapesAtOnce} from './shapes-at-once.js';
import {
	isAcceptance,
	isAnswer,
	isClosedOrReset,
	isWithoutSni,
	makeVersionState,
	type Try,
	triesListed,
	type VersionState,
} from './version-state.js';

/** More silence than this from one version, and no answer to its other hellos is expected. */
const mostSilences = 3;

/** How often a control that was closed or reset at the end is asked again. */
const mostPauses = 3;

/**
Ask for each version, and ask again with other shapes of hello where the answer does not settle it.

1. Every version is asked at once with the same shape of hello. A hello that was closed or reset is sent again, alone and after pauses.
2. What an answer settles by itself is settled; alert 70 is, where another version is accepted with the same shape.
3. Without any acceptance, the versions that were not asked for are asked too: they may show that the way is open.
4. What is still open is asked in its other shapes, one shape a version at a time, or several after two alerts.
5. What no shape settled is rejected where everything was an alert, a close or a reset and another version is accepted, before and after; else inconclusive.
6. What looks odd is asked once more: two different answers to the same hello are no verdict.
7. Where several samples are wanted, versions are asked for again: several servers may answer at one address.
*/
export function* askVersions(
	serverName: string | undefined,
	codes: readonly number[],
	sampling: Sampling = {samples: oneSample, asksLargeHello: false},
): Conversation<Map<number, VersionFinding>> {
	// Loops, here and below: what `map` makes is of another kind once V8 has optimized it, and all that was compiled for the first is lost.
	const versionStates: VersionState[] = [];
	for (const code of codes) {
		versionStates.push(makeVersionState(code, serverName));
	}

	const state = makeProgress(versionStates);
	const items = nextShapes(versionStates);
	const tries = note(state, items, yield asksOf(items));
	if (!tries.every(isClear)) {
		yield* askWithPauses(state, items, tries);
	}

	settleAll(versionStates);
	settleProtocolVersionAlerts(state);
	// V8 compiles this function for every list. What most servers leave nothing of to ask is in another one.
	if (versionStates.some(isOpen) || inDoubt(state).length > 0 || isSampling(sampling)) {
		yield* askFurther(state, serverName, sampling);
	}

	return findingsOf(versionStates);
}

/** Steps 3 to 7. */
function* askFurther(state: Progress, serverName: string | undefined, sampling: Sampling): Conversation<void> {
	if (open(state).length > 0) {
		yield* settleRemaining(state, serverName);
	}

	yield* doubleCheck(state);
	yield* takeSamples(state, sampling);
	if (sampling.samples.count > 1) {
		yield* askListedOfSamples(state, serverName);
	}
}

/** A sample may be closed by a gate that the first connection did not meet. */
function* askListedOfSamples(state: Progress, serverName: string | undefined): Conversation<void> {
	const closed = state.versionStates.filter(
		versionState =>
			versionState.samples !== undefined && versionState.verdict?.status === 'rejected' && isListedWantedOfTries(versionState),
	);
	yield* askListed(state, closed, serverName);
	for (const versionState of closed) {
		const accepted = triesListed(versionState).find(({outcome}) => isAcceptance(outcome, versionState.version));
		if (accepted !== undefined) {
			versionState.verdict = {status: 'accepted', by: accepted};
		}
	}
}

function findingsOf(versionStates: readonly VersionState[]): Map<number, VersionFinding> {
	const findings = new Map<number, VersionFinding>();
	const isStartTlsTaken = isReached(versionStates);
	for (const versionState of versionStates) {
		if (!versionState.isControlOnly) {
			findings.set(versionState.version, findingOf(versionState, isStartTlsTaken));
		}
	}

	return findings;
}

function* settleRemaining(state: Progress, serverName: string | undefined): Conversation<void> {
	if (!state.versionStates.every(isNotReached)) {
		yield* findAnyControl(state, serverName);
		yield* askOtherShapes(state);
		yield* repeatBetweenControls(state);
		yield* askListed(state, open(state).filter(isListedWanted), serverName);
		yield* repeatCloses(state, open(state));
		yield* checkControl(state);
	}

	const verdicts = open(state).map(versionState => conclude(state, versionState));
	for (const [index, versionState] of open(state).entries()) {
		versionState.verdict = verdicts[index]!;
	}
}

const isNotReached = ({tries}: VersionState): boolean =>
	tries.every(({outcome}) => ['unreachable', 'proxy-refused', 'starttls-refused'].includes(outcome.kind));

/** Those that were asked and are not settled. Time may be up before a version that serves as a control has its turn. */
const open = (state: Progress): VersionState[] => state.versionStates.filter(isOpen);

const isOpen = ({verdict, tries}: VersionState): boolean => verdict === undefined && tries.length > 0;

/** Ask the next shape, or several at once, of each of these, and settle what the answers settle. */
function* askNextShapes(state: Progress, versionStates: readonly VersionState[], count = 1): Conversation<void> {
	yield* askWithPauses(state, nextShapes(versionStates, count));
	yield* checkWithoutSni(state, versionStates);
	settleAll(versionStates);
}

/** The next shape, or several, of each. */
function nextShapes(versionStates: readonly VersionState[], count = 1): readonly VersionHello[] {
	const items: VersionHello[] = [];
	for (const versionState of versionStates) {
		const end = Math.min(versionState.nextShape + count, versionState.shapes.length);
		for (; versionState.nextShape < end; versionState.nextShape++) {
			items.push({versionState, hello: versionState.shapes[versionState.nextShape]!});
		}
	}

	return items;
}

function settleAll(versionStates: readonly VersionState[]): void {
	for (const versionState of versionStates) {
		settle(versionState);
	}
}

/**
Some edges keep old versions for clients that send no name, and others are intolerant of any extension. The first hello again,
but without the name, tells them apart: where it is accepted, the acceptance says nothing of the name.
*/
function* checkWithoutSni(state: Progress, versionStates: readonly VersionState[]): Conversation<void> {
	for (const versionState of versionStates) {
		const isOpen = versionState.verdict === undefined && versionState.acceptedWithoutSni === undefined && !state.isOver;
		const acceptedWithoutSni = isOpen ? versionState.tries.find(item => isAcceptanceWithoutSni(versionState, item)) : undefined;
		if (acceptedWithoutSni === undefined) {
			continue;
		}

		const [first] = versionState.shapes;
		const hello = {...first, shape: 'unnamed', extensions: {...first.extensions!, serverName: undefined}};
		const [again] = yield* ask(state, [{versionState, hello}]);
		if (isAcceptance(again!.outcome, versionState.version)) {
			versionState.acceptedWithoutSni = acceptedWithoutSni;
		} else {
			versionState.verdict = {status: 'accepted', by: acceptedWithoutSni};
		}
	}
}

const isAcceptanceWithoutSni = (versionState: VersionState, {hello, outcome}: Try): boolean =>
	isWithoutSni(versionState, hello) && isAcceptance(outcome, versionState.version);

/** Where nothing was accepted, ask for the versions that the user left out: one of them may show that the way is open. */
function* findAnyControl(state: Progress, serverName: string | undefined): Conversation<void> {
	const isWanted = open(state).some(({tries}) => tries.some(({outcome}) => isAnswer(outcome) || isClosedOrReset(outcome)));
	if (!isWanted || findControl(state) !== undefined || state.isOver) {
		return;
	}

	const others = defaultVersions
		.map(name => versions.code(name))
		.filter(code => !state.versionStates.some(({version}) => version === code));
	if (others.length === 0) {
		return;
	}

	const controls = others.map(code => makeVersionState(code, serverName, true));
	state.versionStates.push(...controls);
	yield* askNextShapes(state, controls);
}

/** The other shapes, for all versions that are open. */
function* askOtherShapes(state: Progress): Conversation<void> {
	for (;;) {
		settleProtocolVersionAlerts(state);
		const remaining = open(state).filter(versionState => mayAskAgain(state, versionState));
		if (remaining.every(({isControlOnly}) => isControlOnly) || state.isOver) {
			return;
		}

		const count = findControl(state) === undefined ? 1 : countShapesAtOnce(state, remaining);
		state.mostAtOnce = Math.max(state.mostAtOnce, remaining.length * count);
		yield* askNextShapes(state, remaining, count);
	}
}

function mayAskAgain(state: Progress, versionState: VersionState): boolean {
	if (
		versionState.nextShape >= versionState.shapes.length ||
		isBudgetSpent(state) ||
		(versionState.isControlOnly && findControl(state) !== undefined)
	) {
		return false;
	}

	// If nothing was answered and each close takes seconds, two shapes are enough to say so.
	const isLateForAll = !hasAnswered(state) && state.versionStates.some(({tries}) => tries.some(isLateClose));
	if (versionState.nextShape >= (isLateForAll ? 2 : isClosedLate(versionState) ? lateShapes : Number.POSITIVE_INFINITY)) {
		return false;
	}

	const silences = versionState.tries.filter(({outcome}) => outcome.kind === 'silent').length;
	// A server that says nothing to anything gets one other shape: what is left to learn is not worth the wait.
	const isAllSilent = state.versionStates.every(({tries}) => tries.every(({outcome}) => !isAnswer(outcome) && !isClosedOrReset(outcome)));
	return silences < (isAllSilent ? 2 : mostSilences);
}

/** Closes and resets before the first acceptance have no control yet. */
function* repeatBetweenControls(state: Progress): Conversation<void> {
	for (;;) {
		const items = open(state).flatMap((versionState): VersionHello[] => {
			const hello = notBetweenControls(versionState)[0]?.hello;
			return hello === undefined || versionState.isControlOnly ? [] : [{versionState, hello}];
		});
		if (items.length === 0 || state.isOver || isBudgetSpent(state) || findControl(state) === undefined) {
			return;
		}

		const before = open(state).flatMap(notBetweenControls).length;
		yield* askWithPauses(state, items);
		for (const {versionState} of items) {
			settle(versionState);
		}

		if (open(state).flatMap(notBetweenControls).length >= before) {
			return;
		}
	}
}

/** Some servers send alerts when connections are limited: alerts count only if what was accepted is still accepted. */
function* checkControl(state: Progress): Conversation<void> {
	const isRejectedByAlert = (versionState: VersionState): boolean => {
		const {status, by} = conclude(state, versionState);
		return status === 'rejected' && by.outcome.kind === 'alert';
	};

	// A control that does not hold is none any more, and the next one has its turn.
	while (open(state).some(isRejectedByAlert)) {
		const control = findControl(state);
		let isOpen = yield* isControlAccepted(state, {atOnce: state.mostAtOnce});
		// A control that was closed or reset may have met a limit, which pauses may satisfy.
		for (let pauses = 0; !isOpen && pauses < mostPauses && findControl(state) === control && !state.isOver; pauses++) {
			isOpen = yield* isControlAccepted(state, {isPaused: true});
			state.pause += 1;
		}

		if (isOpen || findControl(state) === control) {
			state.isControlLost = !isOpen;
			return;
		}
	}
}
