import {isAnswer, isCut, isRefusalByHangUp, isUnrecognizedName, latestTries, type Standing, type Try, triesListed} from './standing.js';

/** The versions that a hello may name in `supported_versions` alone, while its `legacy_version` is that of TLS 1.2. */
const oldVersions: ReadonlySet<number> = new Set([0x03_01, 0x03_02]);

/** Whether an old version was refused by a close or a reset, as a gate in front of the server refuses. */
export const isListedWanted = (standing: Standing): boolean => isHungUpOn(standing, latestTries(standing));

/** The same, but also where another connection was answered: several servers may stand behind one address. */
export const isListedWantedOfTries = (standing: Standing): boolean => isHungUpOn(standing, standing.tries);

const isHungUpOn = ({version, isControlOnly}: Standing, tries: readonly Try[]): boolean =>
	oldVersions.has(version) && !isControlOnly && tries.some(({outcome}) => isRefusalByHangUp(outcome));

/** What keeps a refusal by hang-ups from being believed: `listed` was not asked, or came to nothing that refuses. */
export function listedDoubt(standing: Standing): {readonly by: Try | undefined} | undefined {
	if (!isListedWanted(standing)) {
		return undefined;
	}

	const tries = triesListed(standing);
	const last = tries.findLast(({outcome}) => isAnswer(outcome)) ?? tries.at(-1);
	if (last === undefined || isCut(last.outcome)) {
		return {by: undefined};
	}

	const {outcome, hello} = last;
	const isRefused =
		(isAnswer(outcome) && !isUnrecognizedName(outcome)) || (isRefusalByHangUp(outcome) && standing.bracketed.has(hello.shape));
	return isRefused ? undefined : {by: last};
}
