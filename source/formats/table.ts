import {groupBy} from '../bytes/group-by.js';
import {safeText} from '../bytes/safe-text.js';
import type {TargetResult} from '../engine/probe-target.js';
import type {Report, VersionReport} from '../engine/report.js';
import type {VersionName} from '../iana/versions.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import {type AnyReportPart, reportParts} from '../probes/report-parts.js';
import {nextSteps} from './advice.js';
import {total} from './check-text.js';
import {certificateInWords, confirmedInWords} from './confirmed-words.js';
import {waysOf} from './endpoint.js';
import {columnsOf, fill, type Piece, wordsOf, wrap} from './fill.js';
import type {Format} from './format.js';
import {asJudged, type Judged, type JudgedTarget, rulesInWords} from './judged.js';
import {type Color, makePaint, type TerminalFeatures} from './paint.js';
import {sectionsOf, sectionText} from './sections.js';
import {type Tone, toneOf} from './tone.js';
import {
	answerInWords,
	directInWords,
	inspectionInWords,
	isMixed,
	largeHelloInWords,
	refusalsInWords,
	samplesInWords,
	targetReasonInWords,
	withoutNameInWords,
} from './words.js';

const verdictColors: Readonly<Record<EndpointVerdict, Color>> = {pass: 'green', fail: 'red', inconclusive: 'yellow'};

/** A table per target, for a person at a terminal. */
export default {
	name: 'table',
	isAppendable: true,
	start({look, parts = reportParts}) {
		const verdicts: EndpointVerdict[] = [];
		return {
			async add(target) {
				const gap = verdicts.length === 0 ? '' : '\n';
				verdicts.push(target.verdict);
				return gap + (await judgedTable(target, look, parts));
			},
			end: () => (verdicts.length > 1 ? total(verdicts, 'targets', look) : ''),
		};
	},
} satisfies Format;

/** One target as a table for a person, ended by one line feed. cli-table3 is loaded when the first is drawn. */
export const targetTable = (result: TargetResult, look: TerminalFeatures, parts: readonly AnyReportPart[] = reportParts): Promise<string> =>
	judgedTable(asJudged(result), look, parts);

async function judgedTable(
	{target, verdict, addresses, skipped}: JudgedTarget,
	look: TerminalFeatures,
	parts: readonly AnyReportPart[],
): Promise<string> {
	const draw = await loadDraw(look);
	const groups = groupByAnswer(addresses, parts);
	const sections = groups.map(group => addressSection(group, draw, look, parts));
	const notes = [...differences(groups.map(group => group.map(({report}) => report))), ...skippedNotes(skipped)].map(note =>
		fill(wordsOf(note, 'yellow'), look, 2),
	);
	if (groups.length > 1) {
		notes.push(verdictLine(verdict, `${target}, all addresses: the worst result counts`, look));
	}

	return [...sections, ...(notes.length > 0 ? [notes.join('')] : [])].join('\n');
}

function addressSection(group: readonly Judged[], draw: Draw, look: TerminalFeatures, parts: readonly AnyReportPart[]): string {
	const [judged] = group as readonly [Judged, ...Judged[]];
	const {report} = judged;
	const heading = headingOf(
		group.map(item => item.report),
		look,
	);
	const steps = nextSteps(report).map(step => stepLine(step, look));
	if (report.reason !== undefined) {
		return `${heading}${verdictLine(report.verdict, targetReasonInWords(report), look)}${steps.join('')}`;
	}

	const verdict = verdictLine(report.verdict, rulesInWords(judged), look);
	const sections = sectionsOf(report, parts).map(section => `${sectionText(section, look)}\n`);
	return `${heading}\n${draw(judged)}\n${sections.join('')}${inspectionLines(report, look)}${withoutServerName(report, look)}${withoutProxy(report, look)}${certificateLines(report, look)}${verdict}${steps.join('')}`;
}

function headingOf(reports: readonly Report[], look: TerminalFeatures): string {
	const [report] = reports as readonly [Report, ...Report[]];
	const {target, serverName, address, reason} = report;
	const pieces: Piece[] = [{text: target, color: 'bold'}];
	if (address === null && reason === undefined) {
		pieces.push({text: serverName === null ? 'no server name' : `server name ${serverName}`, color: 'dim', gap: 2});
	}

	if (address !== null) {
		pieces.push(
			...reports.map((item, index) => ({
				text: `${item.address}${index < reports.length - 1 ? ',' : ''}`,
				gap: index === 0 ? 2 : 1,
			})),
			{text: serverName === null ? 'no server name' : `server name ${serverName}`, color: 'dim', gap: 2},
		);
	}

	return fill([...pieces, ...waysOf(report).map(text => ({text, color: 'dim' as const, gap: 2}))], look, 2);
}

/** Takes as long as a server takes to answer, so it is worth calling early. */
export const loadTable = async () => (await import('cli-table3')).default;

type Draw = (judged: Judged) => string;

async function loadDraw(look: TerminalFeatures): Promise<Draw> {
	const Table = await loadTable();
	const paint = makePaint(look);
	const hasTimes = columnsOf(look) >= leastColumnsWithTimes;
	return judged => {
		const {versions} = judged.report;
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

		return `${table.toString().replaceAll(/ +$/gm, '')}\n`;
	};
}

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

/** What came behind the handshake has a line of its own, and so has what other connections showed. */
const answersOf = ({confirmed, ...version}: VersionReport): string[] => [
	answerOf(version),
	...samplesInWords(version),
	...refusalsInWords(version),
	...largeHelloInWords(version),
	...(confirmed === undefined ? [] : [confirmedInWords(confirmed)]),
];

function answerOf(version: VersionReport): string {
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

function verdictLine(verdict: EndpointVerdict, words: string, look: TerminalFeatures): string {
	const mark = look.hasUnicode ? `${{pass: '✔', fail: '✘', inconclusive: '?'}[verdict]} ` : '';
	const [first, ...others] = wordsOf(words) as [Piece, ...Piece[]];
	const word: Piece = {text: `${mark}${verdict.toUpperCase()}`, color: ['bold', verdictColors[verdict]]};
	return fill([word, {...first, gap: 2}, ...others], look, 2);
}

const certificateLines = ({certificate}: Report, look: TerminalFeatures): string => {
	const lines = certificate === undefined ? [] : certificateInWords(certificate);
	return lines.length === 0 ? '' : `${lines.map(line => fill(wordsOf(line), look, 2)).join('')}\n`;
};

const stepLine = (step: string, look: TerminalFeatures): string =>
	fill([{text: look.hasUnicode ? '  →' : '  >', color: 'dim'}, ...wordsOf(step)], look, 4);

const inspectionLines = (report: Report, look: TerminalFeatures): string =>
	inspectionInWords(report)
		.map(line => fill(wordsOf(line, 'yellow'), look, 2))
		.join('');

const withoutServerName = (report: Report, look: TerminalFeatures): string =>
	withoutNameInWords(report)
		.map(line => fill(wordsOf(line, report.withoutServerName!.changed.length > 0 ? 'yellow' : undefined), look, 2))
		.join('');

function withoutProxy(report: Report, look: TerminalFeatures): string {
	const lines = directInWords(report).map(line =>
		fill(wordsOf(line, report.direct!.differences.length > 0 ? 'yellow' : undefined), look, 2),
	);
	return lines.join('');
}

/** Addresses that gave the same answers stand together. */
function groupByAnswer(addresses: readonly Judged[], parts: readonly AnyReportPart[]): Judged[][] {
	const answersOf = ({report}: Judged): string => {
		const {reason, versions, withoutServerName: second, direct, inspection} = report;
		return JSON.stringify([
			sectionsOf(report, parts),
			reason,
			second?.changed,
			direct?.differences,
			inspection,
			Object.entries(versions).map(([name, version]) => [
				name,
				version.status,
				answerOf(version),
				isMixed(version),
				version.largeHello !== undefined,
				version.startTlsRefusals !== undefined,
			]),
		]);
	};

	return [...groupBy(addresses, answersOf).values()];
}

function differences(groups: readonly (readonly Report[])[]): string[] {
	const names = Object.keys(groups[0]![0]!.versions) as VersionName[];
	return names.flatMap(name => {
		const byStatus = groupBy(groups.flat(), report => report.versions[name]?.status);
		if (byStatus.size < 2) {
			return [];
		}

		const parts = [...byStatus].map(([status, reports]) => `${status} at ${reports.map(({address}) => address).join(', ')}`);
		return [`The addresses differ: ${name} is ${parts.join('; ')}.`];
	});
}

const skippedNotes = (skipped: JudgedTarget['skipped']): string[] =>
	skipped.map(({address, code}) => `${address} left out: this machine has no route to it (${code}).`);
