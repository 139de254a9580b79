import type {Conversation} from '../probe.js';
import type {Progress, VersionHello} from './progress.js';
import {ask} from './rate-limit.js';
import {isAcceptance, isAnswer, type Try, type VersionState} from './version-state.js';

const tls12 = 0x03_03;

/**
Ask once more what must not be believed from one answer: an old version that is accepted, a version that is refused between two
that are not, and an acceptance that another shape was refused before. A different answer to the same hello is asked a third
time, and is no verdict.
*/
export function* doubleCheck(progress: Progress): Conversation<void> {
	const items = inDoubt(progress);
	if (items.length === 0) {
		return;
	}

	const tries = yield* ask(progress, items);
	const flipped = items.filter(({versionState}, index) => hasFlipped(versionState, tries[index]!));
	if (flipped.length > 0) {
		yield* ask(progress, flipped);
		for (const {versionState} of flipped) {
			versionState.verdict = {status: 'inconclusive', by: versionState.tries.at(-2)!, isUnstable: true};
		}
	}
}

/** What is to be asked once more. */
export function inDoubt(progress: Progress): readonly VersionHello[] {
	let oldest = Number.POSITIVE_INFINITY;
	let newest = 0;
	for (const {verdict, version} of progress.versionStates) {
		if (verdict?.status === 'accepted') {
			oldest = Math.min(oldest, version);
			newest = Math.max(newest, version);
		}
	}

	const items: VersionHello[] = [];
	for (const versionState of progress.isOver ? [] : progress.versionStates) {
		const hello = versionState.isControlOnly ? undefined : doubtful(versionState, oldest, newest);
		if (hello !== undefined) {
			items.push({versionState, hello});
		}
	}

	return items;
}

/**
@param oldest - The oldest version that is accepted.
@param newest - The newest version that is accepted.
*/
function doubtful({verdict, version, tries}: VersionState, oldest: number, newest: number): Try['hello'] | undefined {
	if (verdict === undefined || verdict.isUnstable) {
		return undefined;
	}

	if (verdict.status === 'accepted') {
		const refused = tries.find(({outcome, hello}) => outcome.kind === 'alert' && hello.shape !== verdict.by.hello.shape);
		return refused?.hello ?? (version < tls12 ? verdict.by.hello : undefined);
	}

	const isHole = verdict.status === 'rejected' && oldest < version && version < newest && isAnswer(verdict.by.outcome);
	return isHole ? verdict.by.hello : undefined;
}

/** Whether the same hello was answered by acceptance once and by refusal once. */
function hasFlipped({version, tries}: VersionState, again: Try): boolean {
	const answers = tries.filter(({hello, outcome}) => hello.shape === again.hello.shape && isAnswer(outcome));
	const acceptances = answers.filter(({outcome}) => isAcceptance(outcome, version)).length;
	return acceptances > 0 && acceptances < answers.length;
}
