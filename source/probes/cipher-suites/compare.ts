import {type VersionName, versionNames} from '../../iana/versions.js';
import type {PartChange} from '../report-part.js';
import type {CipherSuitesReport, VersionSuitesReport} from './suites-report.js';

/** A weak suite that comes is worse and one that goes is better; what is undecided in one of the reports is no difference. */
export const compareSuites = (before: CipherSuitesReport, after: CipherSuitesReport): readonly PartChange[] =>
	versionNames.flatMap(version => {
		const [was, is] = [before[version], after[version]];
		return was === undefined || is === undefined ? [] : compareVersion(version, was, is);
	});

function compareVersion(version: VersionName, before: VersionSuitesReport, after: VersionSuitesReport): readonly PartChange[] {
	const missingIn = ({accepted, undecided}: VersionSuitesReport, name: string): boolean =>
		!accepted.some(suite => suite.name === name) && !undecided.includes(name);
	const came = after.accepted.filter(({name}) => missingIn(before, name));
	const went = before.accepted.filter(({name}) => missingIn(after, name));
	const isOtherOrder = before.preference !== after.preference && ![before.preference, after.preference].includes('undecided');
	return [
		...came.map(({name, weaknesses}): PartChange => {
			const why = weaknesses === undefined ? '' : `, which is weak: ${weaknesses[0]!.message}`;
			return {effect: weaknesses === undefined ? 'changed' : 'worse', message: `${version} accepts ${name} now${why}`};
		}),
		...went.map(
			({name, weaknesses}): PartChange => ({
				effect: weaknesses === undefined ? 'changed' : 'better',
				message: `${version} does not accept ${name} any more`,
			}),
		),
		...(isOtherOrder
			? [{effect: 'changed', message: `${version}: the preference was ${before.preference} and is now ${after.preference}`} as const]
			: []),
	];
}
