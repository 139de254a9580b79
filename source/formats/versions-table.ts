import {safeText} from '../bytes/safe-text.js';
import type {Report, VersionReport} from '../engine/report.js';
import type {VersionName} from '../iana/versions.js';
import {confirmedInWords} from './confirmed-words.js';
import {columnsOf, fill, wordsOf, wrap} from './fill.js';
import type {Judged} from './judged.js';
import {type Color, makePaint, type TerminalFeatures} from './paint.js';
import {type Tone, toneOf} from './tone.js';
import {answerInWords, largeHelloInWords, refusalsInWords, samplesInWords} from './words.js';

/** Takes as long as a server takes to answer, so it is worth calling early. */
export const loadTable = async () => (await import('cli-table3')).default;

/** @param isBrief - Whether what all accepted versions have in common is shown once, below the table. */
export type Draw = (judged: Judged, isBrief?: boolean) => string;

export async function loadDraw(look: TerminalFeatures): Promise<Draw> {
	const Table = await loadTable();
	const paint = makePaint(look);
	const hasTimes = columnsOf(look) >= leastColumnsWithTimes;
	return (judged, isBrief = false) => {
		const common = isBrief ? commonIn(judged.report) : undefined;
		const versions = common === undefined ? judged.report.versions : withoutConfirmed(judged.report.versions);
		const answers = Object.entries(versions).flatMap(([, version]) => answersOf(version));
		const answerWidth = answerWidthFor(answers, look, hasTimes);
		const table = new Table({
			head: ['Version', 'Status', 'Answer', ...(hasTimes ? ['ms'] : [])].map(title => paint('dim', title)),
			chars: borderless,
			style: {head: [], border: [], 'padding-left': 0, 'padding-right': 0},
			colWidths: [versionWidth, statusWidth, answerWidth, ...(hasTimes ? [timeWidth] : [])],
			colAligns: ['left', 'left', 'left', 'right'],
		});
		for (const [name, version] of Object.entries(versions)) {
			const color = toneColors[toneOf(name as VersionName, judged)!];
			const [first = '', ...others] = answersOf(version).flatMap(answer => wrap(safeText(answer, look), answerWidth));
			// Each line is a row: cli-table3 takes time with the square of the length of a cell that has several.
			table.push(
				[name, color === undefined ? version.status : paint(color, version.status), first, ...(hasTimes ? [timeOf(version)] : [])],
				...others.map(line => ['', '', line, ...(hasTimes ? [''] : [])]),
			);
		}

		const below = common === undefined ? '' : fill(wordsOf(`In each accepted version ${common}.`), look, 2);
		return `${table.toString().replaceAll(/ +$/gm, '')}\n${below}`;
	};
}

/** What the server did after the handshake, if it was the same in all accepted versions. */
function commonIn({versions}: Report): string | undefined {
	const accepted = Object.values(versions).filter(({status}) => status === 'accepted');
	const all = new Set(accepted.map(({confirmed}) => (confirmed?.verdict === 'served' ? confirmedInWords(confirmed) : undefined)));
	return accepted.length > 1 && all.size === 1 ? [...all][0] : undefined;
}

const withoutConfirmed = (versions: Report['versions']): Report['versions'] =>
	Object.fromEntries(Object.entries(versions).map(([name, {confirmed: _, ...version}]) => [name, version]));

/** With two spaces behind the longest word of each, and before the time. */
const [versionWidth, statusWidth, timeWidth] = [9, 14, 8];
const leastColumnsWithTimes = 60;

/** As wide as the longest answer, or as what the others leave. */
function answerWidthFor(answers: readonly string[], look: TerminalFeatures, hasTimes: boolean): number {
	const most = columnsOf(look) - versionWidth - statusWidth - (hasTimes ? timeWidth : 0);
	return Math.min(most, Math.max('Answer'.length, ...answers.map(answer => safeText(answer, look).length)));
}

const borderless = Object.fromEntries(
	['top', 'bottom', 'left', 'right', 'mid']
		.flatMap(side => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
		.concat('middle')
		.map(name => [name, '']),
);

const toneColors: Readonly<Record<Tone, Color | undefined>> = {good: 'green', bad: 'red', open: 'yellow', neutral: undefined};

/** What the server did after the handshake is on a separate line, and so is what other connections showed. */
const answersOf = ({confirmed, ...version}: VersionReport): string[] => [
	answerOf(version),
	...samplesInWords(version),
	...refusalsInWords(version),
	...largeHelloInWords(version),
	...(confirmed === undefined ? [] : [confirmedInWords(confirmed)]),
];

export function answerOf(version: VersionReport): string {
	const notes = [
		...(version.anomalies ?? []).map(anomaly => anomaly.replaceAll('-', ' ')),
		...(version.acceptedWithoutServerName ? ['accepted without a server name'] : []),
	];
	const reason = answerInWords(version);
	return notes.length === 0 ? reason : `${reason} (${notes.join('; ')})`;
}

function timeOf({reason, durationMs}: VersionReport): string {
	if (reason === 'unasked') {
		return '';
	}

	return durationMs < 10 ? durationMs.toFixed(1) : Math.round(durationMs).toString();
}
