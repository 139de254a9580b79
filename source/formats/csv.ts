import {wasAsked} from '../engine/asked.js';
import type {Report, VersionReport} from '../engine/report.js';
import {versionNames} from '../iana/versions.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import {type AnyReportPart, fieldOf, reportParts, skippedOf, wordOf} from '../probes/report-parts.js';
import {skippedInWords} from '../probes/skipped.js';
import {isAccepting} from './endpoint.js';
import {plain} from './escape/plain.js';
import type {Format} from './format.js';
import type {Judged} from './judged.js';
import {reasonInWords, targetReasonInWords} from './words.js';

const columns: readonly string[] = [
	...['target', 'host', 'port', 'address', 'server_name', 'verdict', 'broken_rules', 'undecided_rules', 'reason'],
	...versionNames.flatMap(name => [name, `${name} answer`]),
	...['started_at', 'duration_ms', 'tool_version'],
	// Columns that were added later are last, for readers that go by position.
	...['name', 'starttls', 'proxy', 'proxy_changes'],
	// What a list carries and the head has no column for.
	'more_columns',
];

/**
Comma-separated values, a row per address, with the same columns whatever was asked, and behind them those of the list that the first
result is from, and those of each part that this has. RFC 4180.
*/
export default {
	name: 'csv',
	isAppendable: true,
	start({parts = reportParts}) {
		let head: Head | undefined;
		const takeHead = (report?: Report): string => {
			if (head !== undefined) {
				return '';
			}

			head = {
				hasFrom: report?.from !== undefined,
				listed: Object.keys(report?.columns ?? {}),
				parts: report === undefined ? [] : parts.filter(part => isAsked(report, part)),
			};
			const later = [...(head.hasFrom ? ['from'] : []), ...head.parts.map(columnOf), ...head.parts.flatMap(moreColumnsOf)];
			const own = [...columns, ...later];
			const listed = head.listed.map(name => (own.includes(name) ? `list_${name}` : name));
			return row([...columns, ...listed, ...later]);
		};
		return {
			add({addresses}) {
				const first = takeHead(addresses[0].report);
				return first + addresses.map(judged => row([...cellsOf(judged), ...laterCells(judged, head!, parts)])).join('');
			},
			end: () => takeHead(),
		};
	},
} satisfies Format;

/** What the first result says of the columns that follow those that are always there. */
type Head = {
	/** Whether several labels of workers were asked. */
	readonly hasFrom: boolean;
	readonly listed: readonly string[];
	readonly parts: readonly AnyReportPart[];
};

const columnOf = ({field}: AnyReportPart): string => wordOf(field).replaceAll('-', '_');

/** `certificates_days_left`: what people sort and graph. */
const moreColumnsOf = (part: AnyReportPart): readonly string[] => (part.columns ?? []).map(({name}) => `${columnOf(part)}_${name}`);

/** A target that was not reached has no part, and yet a column. */
const isAsked = (report: Report, part: AnyReportPart): boolean =>
	fieldOf(report, part) !== undefined || wasAsked(report.asked, wordOf(part.field));

const has = (report: Report, part: AnyReportPart): boolean => fieldOf(report, part) !== undefined && isAccepting(report);

/** What has no column, what the list carries of a row, and what the report holds of each part. */
function laterCells({report}: Judged, {hasFrom, listed, parts: shown}: Head, parts: readonly AnyReportPart[]): (string | number)[] {
	const {columns: carried = {}} = report;
	const briefOf = (part: AnyReportPart): string => {
		const skipped = skippedOf(report, part.field);
		return has(report, part) ? part.brief(fieldOf(report, part)) : skipped === undefined ? '' : skippedInWords(skipped);
	};
	const moreCells = (part: AnyReportPart): readonly (string | number)[] =>
		(part.columns ?? []).map(({cell: text}) => (has(report, part) ? text(fieldOf(report, part)) : ''));
	const more = [
		...(hasFrom || report.from === undefined ? [] : [['from', report.from]]),
		...Object.entries(carried).filter(([name]) => !listed.includes(name)),
		...parts.filter(part => !shown.includes(part) && has(report, part)).map(part => [columnOf(part), briefOf(part)]),
	];
	return [
		more.map(([name, value]) => `${name}=${value}`).join('; '),
		...listed.map(name => carried[name] ?? ''),
		...(hasFrom ? [report.from ?? ''] : []),
		...shown.map(briefOf),
		...shown.flatMap(moreCells),
	];
}

function cellsOf(judged: Judged): string[] {
	const {report} = judged;
	return [
		report.target,
		report.host,
		report.port.toString(),
		report.address ?? '',
		report.serverName ?? '',
		report.verdict,
		rulesThat('fail', judged),
		rulesThat('inconclusive', judged),
		report.reason === undefined ? '' : targetReasonInWords(report),
		...versionNames.flatMap(name => versionCells(report.versions[name])),
		report.startedAt,
		report.durationMs.toString(),
		report.toolVersion,
		report.name ?? '',
		report.starttls ?? '',
		report.proxy ?? '',
		report.direct?.differences.join(' ') ?? '',
	];
}

const rulesThat = (status: EndpointVerdict, {judgements}: Judged): string =>
	judgements
		.filter(judgement => judgement.status === status)
		.map(({ruleId}) => ruleId)
		.join(' ');

const versionCells = (version: VersionReport | undefined): string[] =>
	version === undefined ? ['', ''] : [version.status, reasonInWords(version)];

/** CRLF ends a row. RFC 4180 §2. */
const row = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\r\n`;

/** A spreadsheet runs what begins like a formula, wide forms too, unless an apostrophe says that it is text. */
const formula = /^\s*[=+\-@＝＋－＠]/;

/** Where a semicolon parts columns, the text behind one is a cell too, and quotes that do not begin a cell mean nothing. */
const laterFormula = /;(?=[\s"']*[=+\-@＝＋－＠])/g;

function cell(text: string | number): string {
	if (typeof text === 'number') {
		return text.toString();
	}

	const safe = plain(text);
	const inert = `${formula.test(safe) ? "'" : ''}${safe.replaceAll(laterFormula, ";'")}`;
	return /[",;]|^\s|\s$/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
