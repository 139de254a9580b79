import type {Conversation} from '../probe.js';
import {ask, type Climb, type Item} from './patience.js';
import {isAcceptance, isAnswer, type Standing, type Try} from './standing.js';

const tls12 = 0x03_03;

/**
Ask once more what must not be believed from one answer: an old version that is accepted, a version that is refused between two
that are not, and an acceptance that another shape was refused before. A different answer to the same hello is asked a third
time, and is no verdict.
*/
export function* doubleCheck(state: Climb): Conversation<void> {
	const accepted: number[] = [];
	for (const {verdict, version} of state.standings) {
		if (verdict?.status === 'accepted') {
			accepted.push(version);
		}
	}

	const items: Item[] = [];
	for (const standing of state.isOver ? [] : state.standings) {
		const hello = standing.isControlOnly ? undefined : doubtful(standing, accepted);
		if (hello !== undefined) {
			items.push({standing, hello});
		}
	}

	if (items.length === 0) {
		return;
	}

	const tries = yield* ask(state, items);
	const flipped = items.filter(({standing}, index) => hasFlipped(standing, tries[index]!));
	if (flipped.length > 0) {
		yield* ask(state, flipped);
		for (const {standing} of flipped) {
			standing.verdict = {status: 'inconclusive', by: standing.tries.at(-2)!, isUnstable: true};
		}
	}
}

function doubtful({verdict, version, tries}: Standing, accepted: readonly number[]): Try['hello'] | undefined {
	if (verdict === undefined || verdict.isUnstable) {
		return undefined;
	}

	if (verdict.status === 'accepted') {
		const refused = tries.find(({outcome, hello}) => outcome.kind === 'alert' && hello.shape !== verdict.by.hello.shape);
		return refused?.hello ?? (version < tls12 ? verdict.by.hello : undefined);
	}

	const isHole =
		verdict.status === 'rejected' &&
		isAnswer(verdict.by.outcome) &&
		accepted.some(code => code < version) &&
		accepted.some(code => code > version);
	return isHole ? verdict.by.hello : undefined;
}

/** Whether the same hello was answered by acceptance once and by refusal once. */
function hasFlipped({version, tries}: Standing, again: Try): boolean {
	const answers = tries.filter(({hello, outcome}) => hello.shape === again.hello.shape && isAnswer(outcome));
	const acceptances = answers.filter(({outcome}) => isAcceptance(outcome, version)).length;
	return acceptances > 0 && acceptances < answers.length;
}
