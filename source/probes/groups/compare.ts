import {type VersionName, versionNames} from '../../iana/versions.js';
import type {PartChange} from '../report-part.js';
import {dhWeakness, type GroupsReport, type VersionGroupsReport} from './groups-report.js';

/** A weak group that comes is worse and one that goes is better; what is undecided in one of the reports is no difference. */
export const compareGroups = (before: GroupsReport, after: GroupsReport): readonly PartChange[] =>
	versionNames.flatMap(version => {
		const [was, is] = [before[version], after[version]];
		return was === undefined || is === undefined ? [] : compareVersion(version, was, is);
	});

function compareVersion(version: VersionName, before: VersionGroupsReport, after: VersionGroupsReport): readonly PartChange[] {
	const missingIn = ({accepted, undecided}: VersionGroupsReport, name: string): boolean =>
		!accepted.some(group => group.name === name) && !undecided.includes(name);
	const came = after.accepted.filter(({name}) => missingIn(before, name));
	const went = before.accepted.filter(({name}) => missingIn(after, name));
	const isOtherOrder = before.preference !== after.preference && ![before.preference, after.preference].includes('undecided');
	return [
		...came.map(
			({name, weakness}): PartChange => ({
				effect: weakness === undefined ? 'changed' : 'worse',
				message: `${version} accepts ${name} now${weakness === undefined ? '' : `, which is weak: ${weakness}`}`,
			}),
		),
		...went.map(
			({name, weakness, isPostQuantum}): PartChange => ({
				effect: weakness !== undefined ? 'better' : isPostQuantum ? 'worse' : 'changed',
				message: `${version} does not accept ${name} any more`,
			}),
		),
		...compareParameters(version, before, after),
		...(isOtherOrder
			? [
					{
						effect: 'changed',
						message: `in ${version} the preference among groups was ${before.preference} and is ${after.preference}`,
					} as const,
				]
			: []),
	];
}

/** By the weakest prime. */
function compareParameters(version: VersionName, before: VersionGroupsReport, after: VersionGroupsReport): readonly PartChange[] {
	const [was, is] = [before, after].map(({dhParameters = []}) => dhParameters.toSorted((one, other) => one.bits - other.bits)[0]);
	if (was === undefined || is === undefined) {
		const weakness = (is ?? was) && dhWeakness((is ?? was)!);
		return weakness === undefined
			? []
			: is === undefined
				? [{effect: 'better', message: `${version} has no DH parameters of ${was!.bits} bits any more, which were weak: ${weakness}`}]
				: [{effect: 'worse', message: `${version} has DH parameters of ${is.bits} bits now, which are weak: ${weakness}`}];
	}

	if (was.sha256 === is.sha256) {
		return [];
	}

	const effect = is.bits < was.bits ? 'worse' : is.bits > was.bits ? 'better' : dhWeakness(is) === undefined ? 'changed' : 'worse';
	return [{effect, message: `${version} has DH parameters of ${is.bits} bits now, instead of ${was.bits}`}];
}
