import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Ask, Conversation} from '../probe.js';
import {isAcceptance, isAnswer, isHangUp, type Standing, type Try} from './standing.js';

/** Rests between connections to a server that limits them, growing: 2.55 s in all. */
const pausesMs = [50, 100, 200, 400, 800, 1000] as const;

/** One hello of one standing. */
export type Item = {readonly standing: Standing; readonly hello: HelloSpec};

/** What is known of how the server takes connections, and what shows that it takes them at all. */
export type Climb = {
	readonly standings: Standing[];
	/** More than one connection at once, or in quick succession, was not answered. */
	isLimited: boolean;
	/** Hang-ups of hellos sent together were seen to be the same as of one sent alone. */
	isProven: boolean;
	pause: number;
	/** Time is up, or the user has had enough. */
	isOver: boolean;
};

/** A version that was accepted, and the hello that it was accepted with. */
export function findControl(climb: Climb): Try | undefined {
	for (const {verdict, version} of climb.standings) {
		if (verdict !== undefined && !verdict.isUnstable && isAcceptance(verdict.by.outcome, version)) {
			return verdict.by;
		}
	}

	return undefined;
}

const restOf = ({pause}: Climb): number => pausesMs[Math.min(pause, pausesMs.length - 1)]!;

/** Ask, and note what came of it. */
export function* ask(climb: Climb, items: readonly Item[], pauseMs?: number): Conversation<readonly Try[]> {
	const asks = items.map(({hello}): Ask => ({kind: 'hello', hello, pauseMs}));
	const answers = yield asks;
	return items.map(({standing, hello}, index) => {
		const item = {...answers[index]!, hello};
		climb.isOver ||= item.outcome.kind === 'unasked';
		standing.tries.push(item);
		return item;
	});
}

/**
Ask, and do not take a hang-up for an answer before it is clear that no limit on connections caused it: ask again alone, after
growing pauses, until there is an answer or a version that is accepted is accepted right after the hang-up.
*/
export function* askPatiently(climb: Climb, items: readonly Item[]): Conversation<void> {
	let unanswered: Item[] = [];
	for (const group of climb.isLimited ? items.map(item => [item]) : [items]) {
		const tries = yield* ask(climb, group, climb.isLimited ? restOf(climb) : undefined);
		unanswered.push(...group.filter((_, index) => isHangUp(tries[index]!.outcome)));
		if (climb.isOver) {
			return;
		}
	}

	if (climb.isProven && !climb.isLimited && unanswered.length > 0 && (yield* isWayOpen(climb, unanswered))) {
		return;
	}

	// The newest version is the likeliest to be answered, and an answer makes a control for the others.
	unanswered = unanswered.toSorted((one, other) => other.standing.version - one.standing.version);
	while (unanswered.length > 0 && climb.pause < pausesMs.length && !climb.isOver) {
		const [item, ...others] = unanswered as [Item, ...Item[]];
		const [again] = yield* ask(climb, [item], restOf(climb));
		if (!isHangUp(again!.outcome)) {
			climb.isLimited = true;
			unanswered = others;
			noteAcceptance(item.standing, again!);
		} else if (yield* isWayOpen(climb, [item])) {
			climb.isProven = true;
			unanswered = others;
		} else {
			climb.pause += 1;
			unanswered = [...others, item];
		}
	}
}

/** An acceptance serves as a control at once; whether it stands is for the end of the climb to say. */
export function noteAcceptance(standing: Standing, item: Try): void {
	if (standing.verdict === undefined && isAcceptance(item.outcome, standing.version)) {
		standing.verdict = {status: 'accepted', by: item};
	}
}

/**
Whether a version that was accepted before is accepted now, right after these hang-ups.

A control that is refused the second time has given two different answers to the same hello: it is asked a third time and is
unstable from then on.
*/
export function* isWayOpen(climb: Climb, items: readonly Item[]): Conversation<boolean> {
	const control = findControl(climb);
	if (control === undefined || climb.isOver) {
		return false;
	}

	const standing = climb.standings.find(({verdict}) => verdict?.by === control)!;
	const [check] = yield* ask(climb, [{standing, hello: control.hello}], climb.isLimited ? restOf(climb) : undefined);
	if (isAcceptance(check!.outcome, standing.version)) {
		for (const item of items) {
			item.standing.controls.push(check!.attempt);
		}

		return true;
	}

	if (isAnswer(check!.outcome)) {
		yield* ask(climb, [{standing, hello: control.hello}]);
		standing.verdict = {status: 'inconclusive', by: check!, isUnstable: true};
	}

	return false;
}
