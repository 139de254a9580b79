import {versionNames} from '../../iana/versions.js';
import type {PartChange} from '../report-part.js';
import {type SignatureSchemesReport, type VersionSchemesReport, weaknessOf} from './schemes-report.js';

/** A weak scheme that comes is worse and one that goes is better; what is undecided in one of the reports is no difference. */
export const compareSchemes = (before: SignatureSchemesReport, after: SignatureSchemesReport): readonly PartChange[] =>
	versionNames.flatMap(version => {
		const [was, is] = [before[version], after[version]];
		if (was === undefined || is === undefined) {
			return [];
		}

		const came = is.accepted
			.filter(name => isMissing(was, name))
			.map((name): PartChange => {
				const why = weaknessOf(name);
				return {
					effect: why === undefined ? 'changed' : 'worse',
					message: `${version} accepts ${name} now${why === undefined ? '' : `, which is weak: ${why}`}`,
				};
			});
		const went = was.accepted
			.filter(name => isMissing(is, name))
			.map(
				(name): PartChange => ({
					effect: weaknessOf(name) === undefined ? 'changed' : 'better',
					message: `${version} does not accept ${name} any more`,
				}),
			);
		return [...came, ...went];
	});

const isMissing = ({accepted, undecided}: VersionSchemesReport, name: string): boolean =>
	!accepted.includes(name) && !undecided.includes(name);
