import type {Conversation} from '../probe.js';
import {isLateClose, mostLateMs} from './late.js';
import {asksOf, note, type Progress, type VersionHello} from './progress.js';
import {refusedToAskAgain} from './refused-again.js';
import {isAcceptance, isAnswer, isClosedOrReset, isRefusedEarly, type Try, type VersionState} from './version-state.js';

/** Rests between connections to a server that limits them, growing: 3.55 s in all. */
const pausesMs = [50, 100, 200, 400, 800, 1000, 1000] as const;

/**
How many times in a row the control is asked. Never for long the same number: a server that answers every second or third
connection would fall into step, and refuse each hello and accept each control.
*/
const controlCounts = [2, 1, 3, 1, 1] as const;

/** A version that was accepted, and the hello that it was accepted with: the newest, at this very name. */
export function findControl(progress: Progress): Try | undefined {
	return findControlState(progress)?.verdict?.by;
}

export const findControlState = ({versionStates}: Progress): VersionState | undefined =>
	versionStates
		.filter(({verdict, acceptedWithoutSni}) => verdict?.status === 'accepted' && !verdict.isUnstable && verdict.by !== acceptedWithoutSni)
		.reduce<VersionState | undefined>(
			(best, versionState) => (best === undefined || versionState.version > best.version ? versionState : best),
			undefined,
		);

/** Whether every pause was tried, and the server still closes what it answered before; or the closes took too long. */
export const isBudgetSpent = ({isLimited, pause, lateMs}: Progress): boolean =>
	(isLimited && pause >= pausesMs.length) || lateMs >= mostLateMs;

/** Whether the server has said anything of TLS on any connection. */
export const hasAnswered = ({versionStates}: Progress): boolean =>
	versionStates.some(({tries}) => tries.some(({outcome}) => isAnswer(outcome)));

const pauseOf = ({pause}: Progress): number => pausesMs[Math.min(pause, pausesMs.length - 1)]!;

/** Ask, and record the outcome. If connections are limited, one at a time and after a pause. */
export function* ask(progress: Progress, items: readonly VersionHello[], pauseMs?: number): Conversation<readonly Try[]> {
	const tries: Try[] = [];
	for (const group of progress.isLimited ? items.map(item => [item]) : [items]) {
		const rest = pauseMs ?? (progress.isLimited ? pauseOf(progress) : undefined);
		const first = note(progress, group, yield asksOf(group, rest));
		tries.push(...(yield* askRefusedAgain(progress, group, first)));
	}

	return tries;
}

/**
Ask again where STARTTLS was refused, and another server behind the same address may not refuse it.

@param first - What the first round of asking came to.
@returns The latest try of each item.
*/
function* askRefusedAgain(progress: Progress, items: readonly VersionHello[], first: readonly Try[]): Conversation<readonly Try[]> {
	const latest = [...first];
	for (let round = 0; !progress.isOver; round++) {
		const again = refusedToAskAgain(progress.versionStates, latest, round);
		if (again === undefined) {
			break;
		}

		const refused = again.places.map(place => items[place]!);
		const tries = note(progress, refused, yield asksOf(refused, again.pauseMs));
		for (const [index, item] of tries.entries()) {
			latest[again.places[index]!] = item;
		}
	}

	return latest;
}

/**
Ask, and do not take a close or reset for an answer before it is clear that no limit on connections caused it: ask again, alone where
need be and after growing pauses, until there is an answer, or a version that is accepted is accepted before and after.

@param first - What the first round of asking came to, where they were asked already.
*/
export function* askWithPauses(progress: Progress, items: readonly VersionHello[], first?: readonly Try[]): Conversation<void> {
	// The newest version is the likeliest to be answered, and an answer makes a control for the others.
	let unclear = (progress.isLimited ? items : yield* askTogether(progress, items, first)).toSorted(
		(one, other) => other.versionState.version - one.versionState.version,
	);
	while (unclear.length > 0 && progress.pause < pausesMs.length && !isBudgetSpent(progress) && !progress.isOver) {
		const [item, ...others] = unclear as [VersionHello, ...VersionHello[]];
		if (yield* isClearAlone(progress, item)) {
			unclear = others;
		} else {
			progress.pause += 1;
			unclear = [...others, item];
		}
	}
}

/**
Ask at the same time. What others were answered beside is asked again without them: a limit may have let those through.

@returns The items that a limit may have closed or reset.
*/
function* askTogether(
	progress: Progress,
	items: readonly VersionHello[],
	first: readonly Try[] | undefined,
): Conversation<readonly VersionHello[]> {
	let asked = items;
	// If the very first one is closed or reset, that has to happen twice.
	for (let isRepeated = progress.acceptedAtOnce > 0 || progress.pause > 0, isFirst = true; ; isRepeated = true, isFirst = false) {
		const tries =
			isFirst && first !== undefined
				? yield* askRefusedAgain(progress, asked, first)
				: yield* ask(progress, asked, isFirst ? undefined : pausesMs[0]);
		const closed = asked.filter((_, index) => isClosedOrReset(tries[index]!.outcome));
		progress.isLimited ||= !isFirst && closed.length < asked.length && !progress.isOver;
		// With no connection at all the engine has tried again already.
		if (closed.length === 0 || progress.isOver || isNotConnected(progress)) {
			return [];
		}

		if (progress.isLimited) {
			return closed;
		}

		// Where nothing answers, and to know it takes seconds, another shape says more than the same one again.
		if (isFirst && tries.some(isLateClose) && !hasAnswered(progress)) {
			return [];
		}

		if (closed.length === asked.length && isRepeated) {
			break;
		}

		asked = closed;
	}

	if (!(yield* isControlAccepted(progress, {atOnce: asked.length}))) {
		return asked;
	}

	noteBetweenControls(progress, asked);
	return [];
}

const isNotConnected = ({versionStates}: Progress): boolean =>
	versionStates.every(({tries}) => tries.every(({outcome}) => outcome.kind === 'unreachable' || isRefusedEarly(outcome)));

/** Ask one hello alone, after a pause. @returns Whether it was answered, or is known to be closed or reset because of its content. */
function* isClearAlone(progress: Progress, item: VersionHello): Conversation<boolean> {
	return (
		(yield* isAnsweredAlone(progress, item)) ||
		// The rest has to be long enough between two controls before it is long enough between a control and the hello.
		((yield* isControlAccepted(progress, {isPaused: true})) &&
			((yield* isAnsweredAlone(progress, item)) ||
				((yield* isControlAccepted(progress, {isPaused: true})) && noteBetweenControls(progress, [item]))))
	);
}

function* isAnsweredAlone(progress: Progress, {versionState, hello}: VersionHello): Conversation<boolean> {
	const wasClosed = versionState.tries.some(item => item.hello === hello && isClosedOrReset(item.outcome));
	const [again] = yield* ask(progress, [{versionState, hello}], pauseOf(progress));
	const isAnswered = !isClosedOrReset(again!.outcome);
	progress.isLimited ||= isAnswered && wasClosed && !progress.isOver;
	return isAnswered;
}

function noteBetweenControls(progress: Progress, items: readonly VersionHello[]): true {
	const {tries, verdict} = findControlState(progress)!;
	const [before, after] = [verdict!.by.attempt, tries.at(-1)!.attempt];
	for (const {versionState, hello} of items) {
		versionState.refusedBetweenControls = new Set([...versionState.refusedBetweenControls, hello.shape]);
		versionState.controls.push(...[before, after].filter(attempt => !versionState.controls.includes(attempt)));
	}

	return true;
}

/**
Whether a version that was accepted before is accepted now.

A control that is refused the second time has given two different answers to the same hello: it is asked a third time and is
unstable from then on.

@param options.isPaused - Pause before each, as before what it is to be compared with.
@param options.atOnce - As many as what it is to be compared with, unless so many were accepted at once before.
*/
export function* isControlAccepted(progress: Progress, {isPaused = false, atOnce = 1} = {}): Conversation<boolean> {
	const versionState = findControlState(progress);
	if (versionState === undefined) {
		return false;
	}

	const item = {versionState, hello: versionState.verdict!.by.hello};
	const pauseMs = isPaused ? pauseOf(progress) : undefined;
	const count = controlCounts[progress.checks % controlCounts.length]!;
	const width = atOnce > progress.acceptedAtOnce ? atOnce : 1;
	progress.checks += 1;
	for (let index = 0; index < count && !progress.isOver; index++) {
		const checks = yield* ask(
			progress,
			Array.from({length: index === 0 ? width : 1}, () => item),
			pauseMs,
		);
		const refusal = checks.find(({outcome}) => isAnswer(outcome) && !isAcceptance(outcome, versionState.version));
		if (refusal !== undefined) {
			yield* ask(progress, [item], pauseMs);
			versionState.verdict = {status: 'inconclusive', by: refusal, isUnstable: true};
		}

		progress.isLimited ||= checks.some(({outcome}) => isClosedOrReset(outcome));
		if (!checks.every(({outcome}) => isAcceptance(outcome, versionState.version))) {
			return false;
		}
	}

	progress.acceptedAtOnce = Math.max(progress.acceptedAtOnce, width);
	return !progress.isOver;
}
