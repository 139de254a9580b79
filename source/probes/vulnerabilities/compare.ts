import type {PartChange} from '../report-part.js';
import {titleOf, type VulnerabilitiesReport} from './vulnerabilities-report.js';

/** A vulnerability that is inconclusive in one of the reports is no difference. */
export function compareVulnerabilities(before: VulnerabilitiesReport, after: VulnerabilitiesReport): readonly PartChange[] {
	return Object.entries(before).flatMap(([name, {status: was}]): PartChange[] => {
		const now = after[name];
		if (
			now === undefined ||
			was === 'inconclusive' ||
			now.status === 'inconclusive' ||
			(was === 'present') === (now.status === 'present')
		) {
			return [];
		}

		return now.status === 'present'
			? [{effect: 'worse', message: `${titleOf(name)} is present now: ${now.message}`}]
			: [{effect: 'better', message: `${titleOf(name)} is not present any more: ${now.message}`}];
	});
}
