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
	let first: Try | undefined;
	let count = 0;
	for (const item of latestTries(versionState)) {
		if (isProtocolVersionAlert(item.outcome)) {
			if (isAcceptedIn(item.hello, versionStates)) {
				return item;
			}

			first ??= item;
			count += 1;
		}
	}

	return count > 1 ? first : undefined;
}

function isAcceptedIn({shape}: HelloSpec, versionStates: readonly VersionState[]): boolean {
	for (const {verdict} of versionStates) {
		if (verdict?.status === 'accepted' && verdict.by.hello.shape === shape) {
			return true;
		}
	}

	return false;
}
