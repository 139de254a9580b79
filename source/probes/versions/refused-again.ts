import type {RefusalKind} from '../../transport/dialogue.js';
import {isConnectionError, isStartTlsRefusal, type Try, type VersionState} from './version-state.js';

/** Rests before STARTTLS is asked for again, growing: 3.15 s in all. Of servers that are dealt connections by chance, and half of which refuse, eight rests meet one that does not in all but one of 256 tries. */
const restsMs = [50, 100, 200, 400, 600, 600, 600, 600] as const;

/** Without any connection that went through, one version is asked for again until so many were refused: the first few may have met the same server. */
const leastRefusals = 6;

/** Refusals that are not about the server's state, or that more connections make worse. */
const lasting: ReadonlySet<RefusalKind | undefined> = new Set([
	'blocked',
	'not-allowed',
	'unknown-host',
	'filtered',
	'tls-at-once',
	'other-protocol',
] satisfies RefusalKind[]);

/** What is to be asked again: places among `tries`. */
export type Again = {readonly places: readonly number[]; readonly pauseMs: number};

/**
Which of the latest tries met a refusal of STARTTLS that another server behind the same address, or the same one later, may not repeat.

@param tries - What one round of asking came to.
@param round - How often was asked again before.
@returns Undefined where there is nothing to ask again.
*/
export function refusedToAskAgain(versionStates: readonly VersionState[], tries: readonly Try[], round: number): Again | undefined {
	const pauseMs = restsMs[round];
	if (pauseMs === undefined || !tries.some(({outcome}) => isStartTlsRefusal(outcome))) {
		return undefined;
	}

	const refused = tries.flatMap(({outcome}, place) => (isStartTlsRefusal(outcome) ? [place] : []));
	if (isReached(versionStates)) {
		return {places: refused, pauseMs};
	}

	const all = versionStates.flatMap(versionState => versionState.tries).filter(({outcome}) => isStartTlsRefusal(outcome));
	const isLasting = all.some(({outcome}) => outcome.kind === 'starttls-refused' && lasting.has(outcome.refusal));
	return all.length >= leastRefusals || isLasting ? undefined : {places: refused.slice(-1), pauseMs};
}

/** Whether any connection came as far as a hello. */
export const isReached = (versionStates: readonly VersionState[]): boolean =>
	versionStates.some(({tries}) => tries.some(({outcome}) => !isConnectionError(outcome)));
