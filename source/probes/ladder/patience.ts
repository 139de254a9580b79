import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Answer, Conversation, HelloAsk} from '../probe.js';
import {isLateHangUp, mostLateMs} from './late.js';
import {refusedToAskAgain} from './refused-again.js';
import {isAcceptance, isAnswer, isCut, isHangUp, isNameless, isTurnedAway, type Standing, type Try} from './standing.js';

/** Rests between connections to a server that limits them, growing: 3.55 s in all. */
const pausesMs = [50, 100, 200, 400, 800, 1000, 1000] as const;

/**
How many times in a row the control is asked. Never for long the same number: a server that answers every second or third
connection would fall into step, and refuse each hello and accept each control.
*/
const controlCounts = [2, 1, 3, 1, 1] as const;

/** One hello of one standing. */
export type Item = {
	readonly standing: Standing;
	readonly hello: HelloSpec;
	/** How long to wait before it, where connections are not limited. */
	readonly pauseMs?: number | undefined;
};

/** What is known of how the server takes connections, and what shows that it takes them at all. */
export type Climb = {
	readonly standings: Standing[];
	/** More than one connection at once, or in quick succession, was not answered: from now on one at a time, after a rest. */
	isLimited: boolean;
	/** So many connections at once were seen to be answered. */
	provenAtOnce: number;
	/** So many hellos of the ladder were asked at once. */
	mostAtOnce: number;
	/** How often the control was asked. */
	checks: number;
	pause: number;
	/** How long connections were waited for that were closed late. */
	lateMs: number;
	/** What was accepted could not be shown to be accepted still, once all was asked. */
	isControlLost: boolean;
	/** Time is up, or the user has had enough. */
	isOver: boolean;
};

export const makeClimb = (standings: Standing[]): Climb => ({
	standings,
	isLimited: false,
	provenAtOnce: 0,
	mostAtOnce: 1,
	checks: 0,
	pause: 0,
	lateMs: 0,
	isControlLost: false,
	isOver: false,
});

/** A version that was accepted, and the hello that it was accepted with: the newest, at this very name. */
export function findControl(climb: Climb): Try | undefined {
	return findControlStanding(climb)?.verdict?.by;
}

export const findControlStanding = ({standings}: Climb): Standing | undefined =>
	standings
		.filter(({verdict, nameless}) => verdict?.status === 'accepted' && !verdict.isUnstable && verdict.by !== nameless)
		.reduce<Standing | undefined>((best, standing) => (best === undefined || standing.version > best.version ? standing : best), undefined);

/** Whether every rest was tried, and the server still hangs up on what it answered before; or too long was waited for hang-ups. */
export const isWornOut = ({isLimited, pause, lateMs}: Climb): boolean => (isLimited && pause >= pausesMs.length) || lateMs >= mostLateMs;

/** Whether the server has said anything of TLS on any connection. */
export const hasAnswered = ({standings}: Climb): boolean => standings.some(({tries}) => tries.some(({outcome}) => isAnswer(outcome)));

const restOf = ({pause}: Climb): number => pausesMs[Math.min(pause, pausesMs.length - 1)]!;

/** Ask, and note what came of it. Where connections are limited, one at a time and after a rest. */
export function* ask(climb: Climb, items: readonly Item[], pauseMs?: number): Conversation<readonly Try[]> {
	const tries: Try[] = [];
	for (const group of climb.isLimited ? items.map(item => [item]) : [items]) {
		const rest = pauseMs ?? (climb.isLimited ? restOf(climb) : undefined);
		const asks: HelloAsk[] = [];
		for (const {hello, pauseMs: own} of group) {
			asks.push({kind: 'hello', hello, pauseMs: rest ?? own});
		}

		const start = tries.length;
		for (const item of note(climb, group, yield asks)) {
			tries.push(item);
		}

		for (let round = 0; !climb.isOver; round++) {
			const again = refusedToAskAgain(climb.standings, tries.slice(start), round);
			if (again === undefined) {
				break;
			}

			const items = again.places.map(place => group[place]!);
			const answers = yield items.map(({hello}): HelloAsk => ({kind: 'hello', hello, pauseMs: again.restMs}));
			for (const [index, item] of note(climb, items, answers).entries()) {
				tries[start + again.places[index]!] = item;
			}
		}
	}

	return tries;
}

/** Record the outcome of each ask. */
function note(climb: Climb, items: readonly Item[], answers: readonly Answer[]): readonly Try[] {
	const tries: Try[] = [];
	let lateMs = 0;
	for (let index = 0; index < items.length; index++) {
		const {standing, hello} = items[index]!;
		const {outcome, attempt, durationMs} = answers[index]!;
		const item: Try = {outcome, attempt, durationMs, hello};
		climb.isOver ||= isCut(item.outcome);
		standing.tries.push(item);
		tries.push(item);
		noteAcceptance(standing, item);
		if (isLateHangUp(item)) {
			lateMs = Math.max(lateMs, durationMs);
		}
	}

	climb.lateMs += lateMs;
	return tries;
}

/** An acceptance serves as a control at once; whether it stands is for the end of the climb to say. */
function noteAcceptance(standing: Standing, item: Try): void {
	if (standing.verdict === undefined && isAcceptance(item.outcome, standing.version) && !isNameless(standing, item.hello)) {
		standing.verdict = {status: 'accepted', by: item};
	}
}

/**
Ask, and do not take a hang-up for an answer before it is clear that no limit on connections caused it: ask again, alone where
need be and after growing pauses, until there is an answer, or a version that is accepted is accepted before and after.
*/
export function* askPatiently(climb: Climb, items: readonly Item[]): Conversation<void> {
	// The newest version is the likeliest to be answered, and an answer makes a control for the others.
	let unclear = (climb.isLimited ? items : yield* askTogether(climb, items)).toSorted(
		(one, other) => other.standing.version - one.standing.version,
	);
	while (unclear.length > 0 && climb.pause < pausesMs.length && !isWornOut(climb) && !climb.isOver) {
		const [item, ...others] = unclear as [Item, ...Item[]];
		if (yield* isClearAlone(climb, item)) {
			unclear = others;
		} else {
			climb.pause += 1;
			unclear = [...others, item];
		}
	}
}

/**
Ask at the same time. What others were answered beside is asked again without them: a limit may have let those through.

@returns The items that a limit may have hung up on.
*/
function* askTogether(climb: Climb, items: readonly Item[]): Conversation<readonly Item[]> {
	let asked = items;
	// What is hung up on from the first has to be so twice.
	for (let isRepeated = climb.provenAtOnce > 0 || climb.pause > 0, isFirst = true; ; isRepeated = true, isFirst = false) {
		const tries = yield* ask(climb, asked, isFirst ? undefined : pausesMs[0]);
		const hungUp = asked.filter((_, index) => isHangUp(tries[index]!.outcome));
		climb.isLimited ||= !isFirst && hungUp.length < asked.length && !climb.isOver;
		// With no connection at all the engine has tried again already.
		if (hungUp.length === 0 || climb.isOver || isNobodyThere(climb)) {
			return [];
		}

		if (climb.isLimited) {
			return hungUp;
		}

		// Where nothing answers, and to know it takes seconds, another shape says more than the same one again.
		if (isFirst && tries.some(isLateHangUp) && !hasAnswered(climb)) {
			return [];
		}

		if (hungUp.length === asked.length && isRepeated) {
			break;
		}

		asked = hungUp;
	}

	if (!(yield* isWayOpen(climb, {atOnce: asked.length}))) {
		return asked;
	}

	bracket(climb, asked);
	return [];
}

const isNobodyThere = ({standings}: Climb): boolean =>
	standings.every(({tries}) => tries.every(({outcome}) => outcome.kind === 'unreachable' || isTurnedAway(outcome)));

/** Ask one hello alone, after a rest. @returns Whether it was answered, or is known to be hung up on for what it says. */
function* isClearAlone(climb: Climb, item: Item): Conversation<boolean> {
	return (
		(yield* isAnsweredAlone(climb, item)) ||
		// The rest has to be long enough between two controls before it is long enough between a control and the hello.
		((yield* isWayOpen(climb, {isRested: true})) &&
			((yield* isAnsweredAlone(climb, item)) || ((yield* isWayOpen(climb, {isRested: true})) && bracket(climb, [item]))))
	);
}

function* isAnsweredAlone(climb: Climb, {standing, hello}: Item): Conversation<boolean> {
	const wasHungUp = standing.tries.some(item => item.hello === hello && isHangUp(item.outcome));
	const [again] = yield* ask(climb, [{standing, hello}], restOf(climb));
	const isAnswered = !isHangUp(again!.outcome);
	climb.isLimited ||= isAnswered && wasHungUp && !climb.isOver;
	return isAnswered;
}

function bracket(climb: Climb, items: readonly Item[]): true {
	const {tries, verdict} = findControlStanding(climb)!;
	const [before, after] = [verdict!.by.attempt, tries.at(-1)!.attempt];
	for (const {standing, hello} of items) {
		standing.bracketed.add(hello.shape);
		standing.controls.push(...[before, after].filter(attempt => !standing.controls.includes(attempt)));
	}

	return true;
}

/**
Whether a version that was accepted before is accepted now.

A control that is refused the second time has given two different answers to the same hello: it is asked a third time and is
unstable from then on.

@param options.isRested - Rest before each, as before what it is to be compared with.
@param options.atOnce - As many as what it is to be compared with, unless so many were accepted at once before.
*/
export function* isWayOpen(climb: Climb, {isRested = false, atOnce = 1} = {}): Conversation<boolean> {
	const standing = findControlStanding(climb);
	if (standing === undefined) {
		return false;
	}

	const item = {standing, hello: standing.verdict!.by.hello};
	const pauseMs = isRested ? restOf(climb) : undefined;
	const count = controlCounts[climb.checks % controlCounts.length]!;
	const width = atOnce > climb.provenAtOnce ? atOnce : 1;
	climb.checks += 1;
	for (let index = 0; index < count && !climb.isOver; index++) {
		const checks = yield* ask(
			climb,
			Array.from({length: index === 0 ? width : 1}, () => item),
			pauseMs,
		);
		const refusal = checks.find(({outcome}) => isAnswer(outcome) && !isAcceptance(outcome, standing.version));
		if (refusal !== undefined) {
			yield* ask(climb, [item], pauseMs);
			standing.verdict = {status: 'inconclusive', by: refusal, isUnstable: true};
		}

		climb.isLimited ||= checks.some(({outcome}) => isHangUp(outcome));
		if (!checks.every(({outcome}) => isAcceptance(outcome, standing.version))) {
			return false;
		}
	}

	climb.provenAtOnce = Math.max(climb.provenAtOnce, width);
	return !climb.isOver;
}
