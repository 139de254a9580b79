import type {Outcome} from '../../source/exchange/outcome.js';
import {makeSafePrimeTest} from '../../source/probes/groups/dh-parameters.js';
import type {GroupsFinding} from '../../source/probes/groups/finding.js';
import {groupsOfVersion} from '../../source/probes/groups/groups-of-version.js';
import type {ShownGroups} from '../../source/probes/groups/shown.js';
import {acceptedBy, exchangeWith} from './play-suites.js';
import type {Script} from './script.js';

const nothing: ShownGroups = {groups: [], parameters: [], suites: []};

/** Let the probe ask a script for the groups of one version, in memory. */
export function playGroups(
	script: Script,
	version: number,
	suites: readonly number[],
	shown: Partial<ShownGroups> = {},
): GroupsFinding & {readonly outcomes: readonly Outcome[]} {
	const finding = acceptedBy(script, version, undefined);
	const conversation = groupsOfVersion({
		version,
		finding,
		serverName: undefined,
		suites,
		hasOpenFinite: false,
		shown: {...nothing, ...shown},
		isSafePrime: makeSafePrimeTest(),
	});
	const outcomes: Outcome[] = [];
	let step = conversation.next([]);
	while (!step.done) {
		const answers = step.value.map(({hello}, index) => ({
			outcome: exchangeWith(script, hello, {connection: outcomes.length + index, atOnce: index + 1}),
			attempt: outcomes.length + index,
			durationMs: 1,
		}));
		outcomes.push(...answers.map(({outcome}) => outcome));
		step = conversation.next(answers);
	}

	return {...step.value, outcomes};
}
