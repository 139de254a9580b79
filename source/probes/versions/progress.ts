import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Answer, HelloAsk} from '../probe.js';
import {isLateClose} from './late.js';
import {isAcceptance, isClosedOrReset, isCut, isStartTlsRefusal, isWithoutSni, type Try, type VersionState} from './version-state.js';

/** One hello for one version. */
export type VersionHello = {
	readonly versionState: VersionState;
	readonly hello: HelloSpec;
	/** How long to wait before it, where connections are not limited. */
	readonly pauseMs?: number | undefined;
};

/** What is known of how the server takes connections, and what shows that it takes them at all. */
export type Progress = {
	readonly versionStates: VersionState[];
	/** More than one connection at once, or in quick succession, was not answered: from now on one at a time, after a rest. */
	isLimited: boolean;
	/** So many connections at once were seen to be answered. */
	acceptedAtOnce: number;
	/** So many hellos of different shapes were asked at once. */
	mostAtOnce: number;
	/** How often the control was asked. */
	checks: number;
	pause: number;
	/** How long connections were waited for that were closed late. */
	lateMs: number;
	/** What was accepted could not be shown to be accepted still, once all was asked. */
	isControlLost: boolean;
	/** The time is over, or the run was interrupted. */
	isOver: boolean;
};

export const makeProgress = (versionStates: VersionState[]): Progress => ({
	versionStates,
	isLimited: false,
	acceptedAtOnce: 0,
	mostAtOnce: 1,
	checks: 0,
	pause: 0,
	lateMs: 0,
	isControlLost: false,
	isOver: false,
});

/** @param pauseMs - How long to wait before each hello. It replaces the pause of the hello itself. */
export function asksOf(items: readonly VersionHello[], pauseMs?: number): readonly HelloAsk[] {
	const asks: HelloAsk[] = [];
	for (const {hello, pauseMs: own} of items) {
		asks.push({kind: 'hello', hello, pauseMs: pauseMs ?? own});
	}

	return asks;
}

/** Record the outcome of each ask. */
export function note(progress: Progress, items: readonly VersionHello[], answers: readonly Answer[]): readonly Try[] {
	const tries: Try[] = [];
	let lateMs = 0;
	for (let index = 0; index < items.length; index++) {
		const {versionState, hello} = items[index]!;
		const {outcome, attempt, durationMs} = answers[index]!;
		const item: Try = {outcome, attempt, durationMs, hello};
		progress.isOver ||= isCut(item.outcome);
		versionState.tries.push(item);
		tries.push(item);
		noteAcceptance(versionState, item);
		if (isLateClose(item)) {
			lateMs = Math.max(lateMs, durationMs);
		}
	}

	progress.lateMs += lateMs;
	return tries;
}

/** Whether an answer is to be taken as it is: neither a limit on connections nor another server behind the same address explains it. */
export const isClear = ({outcome}: Try): boolean => !isClosedOrReset(outcome) && !isStartTlsRefusal(outcome);

/** An acceptance serves as a control at once; whether it stands is for the end of the probe to say. */
function noteAcceptance(versionState: VersionState, item: Try): void {
	if (versionState.verdict === undefined && isAcceptance(item.outcome, versionState.version) && !isWithoutSni(versionState, item.hello)) {
		versionState.verdict = {status: 'accepted', by: item};
	}
}
