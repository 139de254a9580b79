import {groupBy} from '../bytes/group-by.js';
import type {TargetResult} from '../engine/probe-target.js';
import type {Report} from '../engine/report.js';
import type {VersionName} from '../iana/versions.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import {type AnyReportPart, fieldOf, reportParts} from '../probes/report-parts.js';
import {nextSteps} from './advice.js';
import {total} from './check-text.js';
import {certificateInWords} from './confirmed-words.js';
import {waysOf} from './endpoint.js';
import {fill, type Piece, wordsOf} from './fill.js';
import type {Format} from './format.js';
import {shortText, terminalSectionsOf} from './in-short.js';
import {asJudged, type Judged, type JudgedTarget, nothingKnown, rulesInWords} from './judged.js';
import type {Color, TerminalFeatures} from './paint.js';
import {problemsSection} from './problems.js';
import {sectionsOf, sectionText} from './sections.js';
import {answerOf, type Draw, loadDraw} from './versions-table.js';
import {directInWords, inspectionInWords, isMixed, targetReasonInWords, unreachableInWords, withoutNameInWords} from './words.js';

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

	const problems = problemsSection(report, parts);
	const others = `${inspectionLines(report, look)}${withoutServerName(report, look)}${withoutProxy(report, look)}${certificateLines(report, look)}`;
	const {inFull, inShort} = terminalSectionsOf(report, parts);
	const sections = [
		...inFull.map(section => `\n${sectionText(section, look)}`),
		...(inShort.length === 0 ? [] : [`\n${shortText(inShort, look)}`]),
	];
	if (problems === undefined) {
		return `${heading}\n${draw(judged)}${sections.join('')}\n${others}${verdictLine(report.verdict, rulesInWords(judged), look)}${steps.join('')}`;
	}

	// Longer than a screen: the problems come first.
	const head = `${heading}\n${verdictLines(judged, look)}${steps.join('')}${problems.lines.length === 0 ? '' : '\n'}${sectionText(problems, look)}`;
	return `${head}\n${draw(judged, true)}${sections.join('')}${others === '' ? '' : `\n${others.trimEnd()}\n`}`;
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
				text: `${addressOf(item)}${index < reports.length - 1 ? ',' : ''}`,
				gap: index === 0 ? 2 : 1,
			})),
			{text: serverName === null ? 'no server name' : `server name ${serverName}`, color: 'dim', gap: 2},
		);
	}

	return fill(
		[...pieces, ...waysOf(address === null ? report : {...report, from: undefined}).map(text => ({text, color: 'dim' as const, gap: 2}))],
		look,
		2,
	);
}

function verdictLine(verdict: EndpointVerdict, words: string, look: TerminalFeatures): string {
	const mark = look.hasUnicode ? `${{pass: '✔', fail: '✘', inconclusive: '?'}[verdict]} ` : '';
	const [first, ...others] = wordsOf(words) as [Piece, ...Piece[]];
	const word: Piece = {text: `${mark}${verdict.toUpperCase()}`, color: ['bold', verdictColors[verdict]]};
	return fill([word, {...first, gap: 2}, ...others], look, 2);
}

/** The most rules that are shown; the format `rules` has all. */
const mostRules = 6;

/** A line for each deciding rule, if there are several. */
function verdictLines(judged: Judged, look: TerminalFeatures): string {
	const {verdict, judgements = []} = judged.report;
	const deciding = judgements.filter(({status}) => status === verdict);
	if (verdict === 'pass' || deciding.length < 2 || nothingKnown(judged) !== undefined) {
		return verdictLine(verdict, rulesInWords(judged), look);
	}

	const words = `${deciding.length} of ${judgements.length} rules ${verdict === 'fail' ? 'are broken' : 'could not be decided'}`;
	const lines = deciding.slice(0, mostRules).map(({ruleId, message}) => `- ${ruleId}: ${message}`);
	const more = deciding.length > mostRules ? [`- ${deciding.length - mostRules} more; --format rules lists all`] : [];
	return verdictLine(verdict, words, look) + [...lines, ...more].map(line => fill([{text: ' '}, ...wordsOf(line)], look, 4)).join('');
}

/** Nothing if the probe `certificates` was run: its section has more. */
const certificateLines = (report: Report, look: TerminalFeatures): string => {
	const {certificate} = report;
	const lines = certificate === undefined || fieldOf(report, {field: 'certificates'}) !== undefined ? [] : certificateInWords(certificate);
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

		const parts = [...byStatus].map(([status, reports]) => `${status} at ${reports.map(addressOf).join(', ')}`);
		return [`The addresses differ: ${name} is ${parts.join('; ')}.`];
	});
}

/** `192.0.2.1 from eu`, where several labels of workers were asked. */
const addressOf = ({address, from}: Report): string => (from === undefined ? `${address}` : `${address} from ${from}`);

const skippedNotes = (skipped: JudgedTarget['skipped']): string[] =>
	skipped.map(
		({address, code}) =>
			`${address} left out: ${code === 'EOUTOFREACH' ? unreachableInWords(code) : `this machine has no route to it (${code})`}.`,
	);
