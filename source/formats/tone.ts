import {isOld, type VersionName} from '../iana/versions.js';
import type {Judged} from './judged.js';

/** How the status of a version is shown: as expected, breaking a rule, undecided, or without a rule. */
export type Tone = 'good' | 'bad' | 'open' | 'neutral';

/** @returns Undefined for a version that was not asked. */
export function toneOf(name: VersionName, {report, judgements}: Judged): Tone | undefined {
	const status = report.versions[name]?.status;
	if (status === undefined || status === 'inconclusive') {
		return status === undefined ? undefined : 'open';
	}

	if (judgements.some(judgement => judgement.status === 'fail' && judgement.versions.includes(name))) {
		return 'bad';
	}

	// A rule that is met names what it is met by.
	if (judgements.some(judgement => judgement.status === 'pass' && judgement.versions.includes(name))) {
		return 'good';
	}

	// Of what no rule speaks. One of 1.2 and 1.3 may be rejected as long as the other is accepted.
	return (status === 'accepted') !== isOld(name) ? 'good' : 'neutral';
}
