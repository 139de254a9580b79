import type {TargetResult} from '../engine/probe-target.js';
import type {Report, VersionReport, VersionReports} from '../engine/report.js';
import {type EndpointVerdict, type Judgement, judgeByDefault} from '../policy/default-expectation.js';
import type {VersionName} from '../registry/versions.js';
import {nextSteps} from './advice.js';
import {type Color, type Look, makePaint, type Paint} from './paint.js';
import {reasonInWords, targetReasonInWords} from './words.js';

const statusColors = {accepted: 'green', rejected: 'green', inconclusive: 'yellow'} as const;
const verdictColors: Readonly<Record<EndpointVerdict, Color>> = {pass: 'green', fail: 'red', inconclusive: 'yellow'};

/** Takes as long as a server takes to answer, so it is worth calling early. */
export const loadTable = async () => (await import('cli-table3')).default;

/** One target as a table for a person. cli-table3 is loaded when the first is drawn. */
export async function targetTable(result: TargetResult, look: Look): Promise<string> {
	const Table = await loadTable();
	const paint = makePaint(look);
	const draw = (rows: readonly (readonly string[])[], whyWidth: number): string => {
		const table = new Table({
			head: ['Version', 'Status', 'Answer', 'ms'].map(title => paint('dim', title)),
			chars: borderless,
			style: {head: [], border: [], 'padding-left': 0, 'padding-right': 0},
			colWidths: [9, 14, whyWidth, 8],
			colAligns: ['left', 'left', 'left', 'right'],
			wordWrap: true,
			wrapOnWordBoundary: true,
		});
		table.push(...rows.map(row => [...row]));
		return `${table
			.toString()
			.split('\n')
			.map(line => line.trimEnd())
			.join('\n')}\n`;
	};

	const groups = groupByAnswer(result.recordings.map(({report}) => report));
	const sections = groups.map(reports => addressSection(reports, draw, paint, look));
	const notes = [...differences(groups), ...skippedNotes(result)].map(note => `${paint('yellow', note)}\n`);
	return `${[...sections, ...(notes.length > 0 ? [notes.join('')] : [])].join('\n')}\n`;
}

const borderless = Object.fromEntries(
	[
		'top',
		'top-mid',
		'top-left',
		'top-right',
		'bottom',
		'bottom-mid',
		'bottom-left',
		'bottom-right',
		'left',
		'left-mid',
		'mid',
		'mid-mid',
		'right',
		'right-mid',
		'middle',
	].map(name => [name, '']),
);

type Draw = (rows: readonly (readonly string[])[], whyWidth: number) => string;

function addressSection(reports: readonly Report[], draw: Draw, paint: Paint, look: Look): string {
	const [report] = reports as readonly [Report, ...Report[]];
	const heading = headingOf(reports, paint);
	if (report.reason !== undefined) {
		return `${heading}\n${verdictLine(report.verdict, targetReasonInWords(report), paint, look)}${stepLines(report, paint, look)}`;
	}

	// Two columns more than the longest suite with its group would be nice; what is there has to do.
	const whyWidth = Math.max(24, Math.min(look.columns, 120) - 9 - 14 - 8);
	let text = `${heading}\n\n${draw(rowsOf(report.versions, paint), whyWidth)}\n`;
	if (report.withoutServerName !== undefined) {
		text += `${withoutServerName(report, paint)}\n`;
	}

	const judgements = judgeByDefault(report.versions);
	return `${text}${verdictLine(report.verdict, judgementsInWords(judgements), paint, look)}${stepLines(report, paint, look)}`;
}

function headingOf(reports: readonly Report[], paint: Paint): string {
	const [{target, serverName, address}] = reports as readonly [Report, ...Report[]];
	const where = address === null ? '' : `  ${reports.map(report => report.address).join(', ')}`;
	const name = address === null ? '' : serverName === null ? '  no server name' : `  server name ${serverName}`;
	return `${paint('bold', target)}${where}${paint('dim', name)}`;
}

const oldVersions: ReadonlySet<string> = new Set(['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1']);

const rowsOf = (versions: VersionReports, paint: Paint): string[][] =>
	Object.entries(versions).map(([name, version]) => [
		name,
		paint(isUnwanted(name, version) ? 'red' : statusColors[version.status], version.status),
		answerOf(version),
		durationOf(version.durationMs),
	]);

const isUnwanted = (name: string, {status}: VersionReport): boolean => status === (oldVersions.has(name) ? 'accepted' : 'rejected');

function answerOf(version: VersionReport): string {
	const notes = [
		...(version.anomalies ?? []).map(anomaly => anomaly.replaceAll('-', ' ')),
		...(version.acceptedWithoutServerName ? ['accepted without a server name'] : []),
	];
	return notes.length === 0 ? reasonInWords(version) : `${reasonInWords(version)} (${notes.join('; ')})`;
}

const durationOf = (milliseconds: number): string => (milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds).toString());

function verdictLine(verdict: EndpointVerdict, words: string, paint: Paint, look: Look): string {
	const mark = look.hasUnicode ? {pass: '✔ ', fail: '✘ ', inconclusive: '? '}[verdict] : '';
	return `${paint(['bold', verdictColors[verdict]], `${mark}${verdict.toUpperCase()}`)}  ${words}\n`;
}

/** What decided: the broken expectations of a failure, the open ones of an inconclusive result, all of a pass. */
function judgementsInWords(judgements: readonly Judgement[]): string {
	const worst = judgements.some(({status}) => status === 'fail')
		? 'fail'
		: judgements.some(({status}) => status === 'inconclusive')
			? 'inconclusive'
			: 'pass';
	const words = {
		fail: {rejected: 'accepted, but should be refused', accepted: 'refused, but one should be accepted'},
		inconclusive: {rejected: 'not proved to be refused', accepted: 'not proved to be accepted'},
		pass: {rejected: 'refused', accepted: 'accepted'},
	}[worst];
	return (['rejected', 'accepted'] as const)
		.map(wanted => {
			const names = judgements.filter(item => item.wanted === wanted && item.status === worst).flatMap(({versions}) => versions);
			if (names.length === 0) {
				return '';
			}

			return worst === 'pass' && wanted === 'accepted' ? `${names.join(' or ')} accepted` : `${listed(names)} ${words[wanted]}`;
		})
		.filter(Boolean)
		.join('; ');
}

const listed = (names: readonly string[]): string =>
	names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const stepLines = (report: Report, paint: Paint, look: Look): string =>
	nextSteps(report)
		.map(step => `${paint('dim', look.hasUnicode ? '  → ' : '  > ')}${step}\n`)
		.join('');

function withoutServerName({versions, withoutServerName: second}: Report, paint: Paint): string {
	if (second!.changed.length === 0) {
		return 'Without a server name: the same.';
	}

	const changes = second!.changed.map(name => `${name} ${second!.versions[name]!.status} (${versions[name]!.status} with it)`);
	return paint('yellow', `Without a server name: ${changes.join(', ')}.`);
}

/** Addresses that gave the same answers stand together. */
function groupByAnswer(reports: readonly Report[]): Report[][] {
	const answersOf = ({reason, versions}: Report): string =>
		JSON.stringify([reason, Object.entries(versions).map(([name, version]) => [name, version.status, reasonInWords(version)])]);
	return [...groupBy(reports, answersOf).values()];
}

function differences(groups: readonly (readonly Report[])[]): string[] {
	const names = Object.keys(groups[0]![0]!.versions) as VersionName[];
	return names.flatMap(name => {
		const byStatus = groupBy(groups.flat(), report => report.versions[name]?.status);
		if (byStatus.size < 2) {
			return [];
		}

		const parts = [...byStatus].map(([status, reports]) => `${status} at ${reports.map(({address}) => address).join(', ')}`);
		return [`The addresses differ: ${name} is ${parts.join(', ')}.`];
	});
}

const skippedNotes = ({skipped}: TargetResult): string[] =>
	skipped.map(({address, code}) => `${address} left out: this machine has no route to it (${code}).`);

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) {
		const key = keyOf(item);
		groups.set(key, [...(groups.get(key) ?? []), item]);
	}

	return groups;
}
