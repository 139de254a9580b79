import {safeText} from '../bytes/safe-text.js';
import type {Report} from '../engine/report.js';
import type {Line} from '../probes/report-part.js';
import {type AnyReportPart, type FoundPart, partsIn, wordOf} from '../probes/report-parts.js';
import {type Skipped, skippedInWords} from '../probes/skipped.js';
import {isAccepting} from './endpoint.js';
import {fill, type Piece, wordsOf} from './fill.js';
import type {Color, TerminalFeatures} from './paint.js';

/** What a part of a report says to people. Any of its text may be a server's. */
export type Section = {readonly field: string; readonly title: string; readonly lines: readonly Line[]};

/** Of what was asked for and has no part. */
export const skippedSection = {field: 'skippedProbes', title: 'Not asked'} as const;

/** A section for each part that a report has, and one for those that it has not because their probe was not run. */
export function sectionsOf(report: Report, parts: readonly AnyReportPart[]): readonly Section[] {
	const sections = shownIn(report, parts).map(({part: {field, title}, lines}) => ({field, title, lines}));
	const {skippedProbes} = report;
	return skippedProbes === undefined
		? sections
		: [...sections, {...skippedSection, lines: skippedProbes.map(item => skippedLine(item, parts))}];
}

/** A part that has something to say. */
export type Shown = FoundPart & {readonly lines: readonly Line[]};

/** Without parts that are wholly undecided, if the server accepts no version. */
export function shownIn(report: Report, parts: readonly AnyReportPart[]): readonly Shown[] {
	const all = partsIn(report, parts).map(found => ({...found, lines: found.part.lines(found.value)}));
	return isAccepting(report) ? all : all.filter(({lines}) => lines.some(({tone}) => tone !== 'open'));
}

const skippedLine = (skipped: Skipped, parts: readonly AnyReportPart[]): Line => ({
	label: titleOf(skipped, parts),
	text: skippedInWords(skipped),
	tone: 'open',
});

const titleOf = ({probe}: Skipped, parts: readonly AnyReportPart[]): string =>
	parts.find(({field}) => wordOf(field) === probe)?.title ?? probe;

/**
Each part that a report has, in few words, for a line of a list: `weakest suite TLS_RSA_WITH_RC4_128_SHA (RC4)`; and why others are missing.
If no part has such words, each says in brief what was found: `Extensions: ALPN h2`.
*/
export function briefsOf(report: Report, parts: readonly AnyReportPart[]): string[] {
	const shown = shownIn(report, parts);
	const inBrief = ({part: {title, brief}, value}: Shown): string => `${title}: ${brief(value)}`;
	const words = shown.map(item => item.part.inList?.(item.value) ?? inBrief(item)).filter(text => text !== '');
	return [
		...(words.length === 0 ? shown.map(inBrief) : words),
		...(report.skippedProbes ?? []).map(skipped => `${titleOf(skipped, parts)}: ${skippedInWords(skipped)}`),
	];
}

/** One line for each line of each part: `Cipher suites, preference: server`. */
export const sectionsInWords = (report: Report, parts: readonly AnyReportPart[]): string[] =>
	sectionsOf(report, parts).flatMap(({title, lines}) => lines.map(({label, text}) => `${title}, ${label}: ${text}`));

const colors: Readonly<Record<Line['tone'], Color | undefined>> = {good: 'green', bad: 'red', open: 'yellow', neutral: undefined};

/** Longer labels do not move the texts of all others to the right. */
const mostLabelColumns = 24;

/** A section for a terminal: its title, and below it labels with their texts in a column. Lines with a depth are indented below the line before. */
export function sectionText({title, lines}: Section, look: TerminalFeatures): string {
	const labels = lines.map(({label, depth}, index) =>
		depth !== undefined && lines[index - 1]?.label === label ? '' : safeText(label, look),
	);
	const widths = labels.filter((_, index) => lines[index]!.depth === undefined).map(label => label.length);
	const width = Math.min(mostLabelColumns, Math.max(0, ...widths));
	const drawn = lines.map(({text, tone, depth}, index) => {
		const label = labels[index]!;
		const words = wordsOf(text, colors[tone]);
		if (depth === undefined) {
			return fill([{text: `  ${label.padEnd(width)}`, color: 'dim'}, ...gapBefore(words, 2)], look, width + 4);
		}

		const indent = 2 + 2 * depth;
		const margin = ' '.repeat(indent);
		const pieces: readonly Piece[] = label === '' ? words : [...wordsOf(label, 'dim'), ...words];
		return fill([{text: `${margin}${pieces[0]!.text}`, color: pieces[0]!.color}, ...pieces.slice(1)], look, indent + 2);
	});
	return `${fill(wordsOf(title, 'bold'), look, 2)}${drawn.map(line => line.replaceAll(/ +$/gm, '')).join('')}`;
}

export const gapBefore = ([first, ...others]: readonly Piece[], gap: number): Piece[] => [{...first!, gap}, ...others];
