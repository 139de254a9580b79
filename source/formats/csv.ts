import type {VersionReport} from '../engine/report.js';
import {versionNames} from '../iana/versions.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import {plain} from './escape/plain.js';
import type {Format} from './format.js';
import type {Judged} from './judged.js';
import {reasonInWords, targetReasonInWords} from './words.js';

const columns: readonly string[] = [
	...['target', 'host', 'port', 'address', 'server_name', 'verdict', 'broken_rules', 'undecided_rules', 'reason'],
	...versionNames.flatMap(name => [name, `${name} answer`]),
	...['started_at', 'duration_ms', 'tool_version'],
	// What came later stands behind, for those who read by position.
	...['name', 'starttls', 'proxy', 'proxy_changes'],
	// What a list carries and the head has no column for.
	'more_columns',
];

/**
Comma-separated values, a row per address, with the same columns whatever was asked, and behind them those of the list that the first
result is from. RFC 4180.
*/
export default {
	name: 'csv',
	isAppendable: true,
	start() {
		let listed: readonly string[] | undefined;
		const takeHead = (names: readonly string[]): string => {
			if (listed !== undefined) {
				return '';
			}

			listed = names;
			return row([...columns, ...names.map(name => (columns.includes(name) ? `list_${name}` : name))]);
		};
		return {
			add({addresses}) {
				const head = takeHead(Object.keys(addresses[0].report.columns ?? {}));
				return head + addresses.map(judged => row([...cellsOf(judged), ...listedCells(judged, listed!)])).join('');
			},
			end: () => takeHead([]),
		};
	},
} satisfies Format;

/** What the list carries of a row, and first what has no column. */
function listedCells({report: {columns: carried = {}}}: Judged, listed: readonly string[]): string[] {
	const more = Object.entries(carried).filter(([name]) => !listed.includes(name));
	return [more.map(([name, value]) => `${name}=${value}`).join('; '), ...listed.map(name => carried[name] ?? '')];
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
const row = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** A spreadsheet runs what begins like a formula, wide forms too, unless an apostrophe says that it is text. */
const formula = /^\s*[=+\-@＝＋－＠]/;

/** Where a semicolon parts columns, the text behind one is a cell too, and quotes that do not begin a cell mean nothing. */
const laterFormula = /;(?=[\s"']*[=+\-@＝＋－＠])/g;

function cell(text: string): string {
	const safe = plain(text);
	const inert = `${formula.test(safe) ? "'" : ''}${safe.replaceAll(laterFormula, ";'")}`;
	return /[",;]|^\s|\s$/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
