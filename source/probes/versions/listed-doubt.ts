import {
	isAnswer,
	isCut,
	isRefusalByClosure,
	isUnrecognizedName,
	latestTries,
	type Try,
	triesListed,
	type VersionState,
} from './version-state.js';

/** The versions that a hello may name in `supported_versions` alone, while its `legacy_version` is that of TLS 1.2. */
const listableVersions: ReadonlySet<number> = new Set([0x03_01, 0x03_02]);

/** Whether an old version was refused by a close or a reset, as a gate in front of the server refuses. */
export const isListedWanted = (versionState: VersionState): boolean => isHungUpOn(versionState, latestTries(versionState));

/** The same, but also where another connection was answered: several servers may stand behind one address. */
export const isListedWantedOfTries = (versionState: VersionState): boolean => isHungUpOn(versionState, versionState.tries);

const isHungUpOn = ({version, isControlOnly}: VersionState, tries: readonly Try[]): boolean =>
	listableVersions.has(version) && !isControlOnly && tries.some(({outcome}) => isRefusalByClosure(outcome));

/** Why a rejection by closes and resets is not accepted as proof: `listed` was not asked, or did not reject. */
export function listedDoubt(versionState: VersionState): {readonly by: Try | undefined} | undefined {
	if (!isListedWanted(versionState)) {
		return undefined;
	}

	const tries = triesListed(versionState);
	const last = tries.findLast(({outcome}) => isAnswer(outcome)) ?? tries.at(-1);
	if (last === undefined || isCut(last.outcome)) {
		return {by: undefined};
	}

	const {outcome, hello} = last;
	const isRefused =
		(isAnswer(outcome) && !isUnrecognizedName(outcome)) ||
		(isRefusalByClosure(outcome) && versionState.refusedBetweenControls.has(hello.shape));
	return isRefused ? undefined : {by: last};
}
