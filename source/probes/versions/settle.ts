import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Progress} from './progress.js';
import {isProtocolVersionAlert, latestTries, readingOf, type Try, type VersionState} from './version-state.js';

/** Settle a version if one of its answers is enough for that. */
export function settle(versionState: VersionState): void {
	if (versionState.verdict !== undefined) {
		return;
	}

	for (const item of latestTries(versionState)) {
		const status = readingOf(item.outcome, versionState.version);
		const isSettling = status === 'inconclusive' ? item.hello.shape === versionState.shapes[0].shape : status === 'rejected';
		if (isSettling) {
			versionState.verdict = {status: status!, by: item};
			return;
		}
	}
}

/** Settle the versions that alerts 70 reject. Which do depends on the versions that are accepted by now. */
export function settleProtocolVersionAlerts({versionStates}: Progress): void {
	for (const versionState of versionStates) {
		const settling = versionState.verdict === undefined ? settlingAlert(versionState, versionStates) : undefined;
		if (settling !== undefined) {
			versionState.verdict = {status: 'rejected', by: settling};
		}
	}
}

/** Alert 70 to a shape in which another version is accepted, or to two shapes. */
function settlingAlert(versionState: VersionState, versionStates: readonly VersionState[]): Try | undefined {
	const refusals = latestTries(versionState).filter(({outcome}) => isProtocolVersionAlert(outcome));
	const isAcceptedIn = ({shape}: HelloSpec): boolean =>
		versionStates.some(({verdict}) => verdict?.status === 'accepted' && verdict.by.hello.shape === shape);
	return refusals.find(({hello}) => isAcceptedIn(hello)) ?? (refusals.length > 1 ? refusals[0] : undefined);
}
