import type {Report} from '../engine/report.js';
import type {ShortLine} from '../probes/report-part.js';
import type {AnyReportPart} from '../probes/report-parts.js';
import {fill, wordsOf} from './fill.js';
import type {TerminalFeatures} from './paint.js';
import {gapBefore, type Section, type Shown, sectionsOf, shownIn} from './sections.js';

/** A report with more parts than this does not fit on two screens in full. */
const mostInFull = 4;

/** What a terminal shows of the parts of a report. */
export type TerminalSections = {
	readonly inFull: readonly Section[];
	readonly inShort: readonly {readonly title: string; readonly lines: readonly ShortLine[]}[];
};

/** In a report of many parts, those in which nothing is wrong, weak or undecided are in short. All others are in full. */
export function terminalSectionsOf(report: Report, parts: readonly AnyReportPart[]): TerminalSections {
	const shown = shownIn(report, parts);
	const short = shown.length > mostInFull ? shown.filter(isFine) : [];
	const fields = new Set(short.map(({part: {field}}) => field));
	return {
		inFull: sectionsOf(report, parts).filter(({field}) => !fields.has(field)),
		inShort: short.map(({part, value}) => ({title: part.title, lines: part.inShort!(value)})),
	};
}

const isFine = ({part: {inShort, problems}, value, lines}: Shown): boolean =>
	inShort !== undefined && problems(value).length === 0 && lines.every(({tone}) => tone === 'good' || tone === 'neutral');

const howToSeeAll = 'Parts without a problem are shown in short; --probes NAME shows one in full.';

/** The titles in a column, and beside them what there is; at the end how to see the rest. */
export function shortText(sections: TerminalSections['inShort'], look: TerminalFeatures): string {
	const rows = sections.flatMap(({title, lines}) =>
		lines.map(({label, text}, index) => ({label: label ?? (index === 0 ? title : ''), text})),
	);
	const width = Math.max(...rows.map(({label}) => label.length));
	const drawn = rows.map(({label, text}) =>
		fill([{text: label.padEnd(width), color: 'bold'}, ...gapBefore(wordsOf(text), 2)], look, width + 2),
	);
	return `${drawn.join('')}${fill(wordsOf(howToSeeAll, 'dim'), look)}`;
}
