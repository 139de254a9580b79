import type {PartChange} from '../report-part.js';
import {type RobustnessFinding, toleranceFields} from './finding.js';
import {fieldTitles} from './words.js';

const inWords: Readonly<Record<string, string>> = {tolerant: 'accepted', intolerant: 'refused'};

/** A field that is not decided in one of the reports is not compared. */
export function compareRobustness(before: RobustnessFinding, after: RobustnessFinding): readonly PartChange[] {
	const changes = toleranceFields.flatMap((field): PartChange[] => {
		const [was, is] = [inWords[before[field].status], inWords[after[field].status]];
		const effect = field === 'unknownName' ? 'changed' : is === 'accepted' ? 'better' : 'worse';
		return was === undefined || is === undefined || was === is
			? []
			: [{effect, message: `${fieldTitles[field]}: ${was} before, ${is} now`}];
	});
	const [was, is] = [before.randomReuse.status, after.randomReuse.status];
	const isKnown = [was, is].every(status => status === 'present' || status === 'absent');
	return was === is || !isKnown
		? changes
		: [...changes, {effect: is === 'present' ? 'worse' : 'better', message: `the same random twice was ${was} and is ${is}`}];
}
