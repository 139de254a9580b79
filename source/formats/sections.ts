import {safeText} from '../bytes/safe-text.js';
import type {Report} from '../engine/report.js';
import type {Line} from '../probes/report-part.js';
import {type AnyReportPart, partsIn, wordOf} from '../probes/report-parts.js';
import {type Skipped, skippedInWords} from '../probes/skipped.js';
import {fill, type Piece, wordsOf} from './fill.js';
import type {Color, TerminalFeatures} from './paint.js';

/** What a part of a report says to people. Any of its text may be a server's. */
export type Section = {readonly field: string; readonly title: string; readonly lines: readonly Line[]};

/** Of what was asked for and has no part. */
export const skippedSection = {field: 'skippedProbes', title: 'Not asked'} as const;

/** A section for each part that a report has, and one for those that it has not because their probe was not run. */
export function sectionsOf(report: Report, parts: readonly AnyReportPart[]): readonly Section[] {
	const sections = partsIn(report, parts).map(({part: {field, title, lines}, value}) => ({field, title, lines: lines(value)}));
	const {skippedProbes} = report;
	return skippedProbes === undefined
		? sections
		: [...sections, {...skippedSection, lines: skippedProbes.map(item => skippedLine(item, parts))}];
}

const skippedLine = (skipped: Skipped, parts: readonly AnyReportPart[]): Line => ({
	label: titleOf(skipped, parts),
	text: skippedInWords(skipped),
	tone: 'open',
});

const titleOf = ({probe}: Skipped, parts: readonly AnyReportPart[]): string =>
	parts.find(({field}) => wordOf(field) === probe)?.title ?? probe;

/** Each part that a report has in few words, for a line of a list: `Cipher suites: 12 accepted`; and why others are not there. */
export const briefsOf = (report: Report, parts: readonly AnyReportPart[]): string[] => [
	...partsIn(report, parts).map(({part: {title, brief}, value}) => `${title}: ${brief(value)}`),
	...(report.skippedProbes ?? []).map(skipped => `${titleOf(skipped, parts)}: ${skippedInWords(skipped)}`),
];

/** Each line of each part in a line of its own: `Cipher suites, preference: server`. */
export const sectionsInWords = (report: Report, parts: readonly AnyReportPart[]): string[] =>
	sectionsOf(report, parts).flatMap(({title, lines}) => lines.map(({label, text}) => `${title}, ${label}: ${text}`));

const colors: Readonly<Record<Line['tone'], Color | undefined>> = {good: 'green', bad: 'red', open: 'yellow', neutral: undefined};

/** Longer labels do not move the texts of all others to the right. */
const mostLabelColumns = 24;

/** A section for a terminal: its title, and below it labels with their texts in a column. */
export function sectionText({title, lines}: Section, look: TerminalFeatures): string {
	const labels = lines.map(({label}) => safeText(label, look));
	const width = Math.min(mostLabelColumns, Math.max(0, ...labels.map(label => label.length)));
	const drawn = lines.map(({text, tone}, index) => {
		const pieces: Piece[] = [{text: `  ${labels[index]!.padEnd(width)}`, color: 'dim'}];
		const words = wordsOf(text, colors[tone]);
		return fill([...pieces, ...words.map((word, place) => (place === 0 ? {...word, gap: 2} : word))], look, width + 4);
	});
	return `${fill(wordsOf(title, 'bold'), look, 2)}${drawn.map(line => line.replaceAll(/ +$/gm, '')).join('')}`;
}
