import type {Report} from '../engine/report.js';
import type {Line, Problem} from '../probes/report-part.js';
import {type AnyReportPart, partsIn} from '../probes/report-parts.js';
import type {Section} from './sections.js';

/** So many are shown; the sections below have all. */
const mostShown = 8;

const severities = ['error', 'warning', 'undecided'] as const satisfies readonly Problem['severity'][];

const tones = {error: 'bad', warning: 'bad', undecided: 'open'} as const;

type Found = {readonly title: string; readonly place: number; readonly problem: Problem};

/**
What is wrong with all that was found beside versions, the worst first: a short list with the part that each is of.

@returns Undefined where nothing was found: the report has no part, or no version is accepted.
*/
export function problemsSection(report: Report, parts: readonly AnyReportPart[]): Section | undefined {
	const isAccepting = Object.values(report.versions).some(({status}) => status === 'accepted');
	const found = partsIn(report, parts);
	const skipped = report.skippedProbes?.length ?? 0;
	if (!isAccepting || (found.length === 0 && skipped === 0)) {
		return undefined;
	}

	const all = found
		.flatMap(({part: {title, problems}, value}) => problems(value).map((problem, place): Found => ({title, place, problem})))
		.toSorted((one, other) => rankOf(one) - rankOf(other) || one.place - other.place);
	const others = all.slice(mostShown);
	const lines: readonly Line[] = [
		...all.slice(0, mostShown).map(lineOf),
		...(others.length === 0 ? [] : [{label: `${others.length} more`, text: countsIn(others), tone: 'neutral'} as const]),
		...(skipped === 0 ? [] : [{label: 'not asked', text: `${skipped} of the probes, see below`, tone: 'open'} as const]),
	];
	return {
		field: 'problems',
		title: `Problems: ${all.length > 0 ? severitiesIn(all) : noneIn(found.length, skipped)}`,
		lines,
	};
}

const noneIn = (ran: number, skipped: number): string =>
	ran === 0 ? 'not known' : skipped === 0 ? 'none found' : 'none found by the probes that ran';

const rankOf = ({problem}: Found): number => severities.indexOf(problem.severity);

const lineOf = ({title, problem: {severity, message}}: Found): Line => ({
	label: title,
	text: `${severity}: ${message}`,
	tone: tones[severity],
});

/** `2 errors, 1 warning`. */
const severitiesIn = (all: readonly Found[]): string =>
	severities
		.map(severity => [severity, all.filter(({problem}) => problem.severity === severity).length] as const)
		.filter(([, count]) => count > 0)
		.map(([severity, count]) => `${count} ${severity}${count === 1 || severity === 'undecided' ? '' : 's'}`)
		.join(', ');

/** `2 of Groups, 1 of Extensions`. */
function countsIn(all: readonly Found[]): string {
	const titles = [...new Set(all.map(({title}) => title))];
	return titles.map(title => `${all.filter(item => item.title === title).length} of ${title}`).join(', ');
}
