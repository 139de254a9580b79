import {safeText} from '../bytes/safe-text.js';
import type {Report} from '../engine/report.js';
import {type VersionName, versionNames} from '../iana/versions.js';
import {type AnyReportPart, reportParts} from '../probes/report-parts.js';
import {waysOf} from './endpoint.js';
import {hangingIndent} from './fill.js';
import {markColor, marks, refusedLater, shortName, verdictColors} from './list-line.js';
import {makePaint, type Paint, type TerminalFeatures} from './paint.js';
import {briefsOf} from './sections.js';
import {openInWords} from './words.js';

/** Where the columns of a list stand, for a terminal of some width. */
type Columns = {
	readonly width: number;
	/** Where the target begins; less than what stands before it where there is too little room for one line. */
	readonly target: number;
	readonly targetWidth: number;
	/** Whether why has a column behind the address. */
	readonly hasWhy: boolean;
};

const verdictWidth = 'inconclusive'.length;
const addressWidth = '255.255.255.255'.length;
const [leastColumns, mostColumns] = [40, 160];

/** Less room than this is too little for a target beside its versions. */
const leastBeside = 32;

/** What room there is for why, beside the address, where there is any. */
const leastWhy = 20;

/** As results come before their list is read, the terminal alone says how wide columns are. */
function columnsFor(versions: readonly string[], {columns}: TerminalFeatures): Columns {
	const width = Math.max(leastColumns, Math.min(columns, mostColumns));
	const target = verdictWidth + 2 + versions.reduce((sum, name) => sum + name.length + 1, 0) + 1;
	const room = width - target;
	if (room < leastBeside) {
		return {width, target: 2, targetWidth: 0, hasWhy: false};
	}

	const beside = room - addressWidth - 2;
	const withWhy = beside - leastWhy - 2;
	const hasWhy = withWhy >= 24;
	return {width, target, targetWidth: Math.min(40, hasWhy ? withWhy : beside), hasWhy};
}

/** An aligned table of a list, row by row as results come. */
export function startListTable(look: TerminalFeatures, parts: readonly AnyReportPart[] = reportParts): (report: Report) => string {
	const paint = makePaint(look);
	let shown: readonly VersionName[] | undefined;
	return report => {
		const names = versionNames.filter(name => report.versions[name] !== undefined);
		const isOther = names.length > 0 && names.join() !== shown?.join();
		const isFirst = shown === undefined;
		if (isOther || shown === undefined) {
			shown = names.length > 0 ? names : ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
		}

		const columns = columnsFor(shown.map(shortName), look);
		const legend = isFirst
			? `${paint('dim', `${marks.accepted} accepted  ${marks.rejected} rejected  ${marks.inconclusive} undecided`)}\n\n`
			: '';
		return (isFirst || isOther ? legend + headOf(shown, columns, paint) : '') + rowOf(report, shown, columns, look, parts);
	};
}

function headOf(versions: readonly VersionName[], {target, targetWidth, hasWhy}: Columns, paint: Paint): string {
	const left = `${'Verdict'.padEnd(verdictWidth)}  ${versions.map(shortName).join(' ')}`;
	const right = hasWhy ? `${'Address'.padEnd(addressWidth)}  Reason` : 'Address, reason';
	return `${paint('dim', targetWidth === 0 ? left : `${left.padEnd(target)}${'Target'.padEnd(targetWidth)}  ${right}`)}\n`;
}

function rowOf(
	report: Report,
	versions: readonly VersionName[],
	{width, target, targetWidth, hasWhy}: Columns,
	look: TerminalFeatures,
	parts: readonly AnyReportPart[],
): string {
	const paint = makePaint(look);
	const cells = versions.map(name => {
		const version = report.versions[name];
		const room = shortName(name).length;
		return version === undefined ? ' '.repeat(room) : paint(markColor(name, report), ` ${marks[version.status]}`.padEnd(room));
	});
	const left = `${paint(verdictColors[report.verdict], report.verdict.padEnd(verdictWidth))}  ${cells.join(' ')}`;
	const where = placeOf(report, targetWidth, look);
	const why = safeText(whyOf(report, parts), look);
	const margin = ' '.repeat(target);
	const below = (text: string): string[] => hangingIndent(text, width, margin, margin);
	if (targetWidth === 0) {
		return linesOf([left, ...below(where), ...(why === '' ? [] : below(why).map(line => paint('dim', line)))]);
	}

	const isAlone = report.address === null || report.address === report.host;
	const whyAt = target + targetWidth + 2 + (isAlone && !hasWhy ? 0 : addressWidth + 2);
	const isBeside = where.length <= whyAt - target - 2 && whyAt + why.length <= width;
	const [first = '', ...others] = below(where);
	const line = `${left} ${' '}${first.slice(target)}`;
	return isBeside && why !== ''
		? linesOf([`${left}  ${where.padEnd(whyAt - target)}${paint('dim', why)}`])
		: linesOf([line, ...others, ...(why === '' ? [] : below(why).map(text => paint('dim', text)))]);
}

/** The spaces of a cell that nothing follows are left out. */
const linesOf = (lines: readonly string[]): string => lines.map(line => `${line.trimEnd()}\n`).join('');

function placeOf({target, address, host}: Report, targetWidth: number, look: TerminalFeatures): string {
	const name = safeText(target, look);
	return address === null || address === host ? name : `${name.padEnd(targetWidth)}  ${safeText(address, look)}`;
}

function whyOf(report: Report, parts: readonly AnyReportPart[]): string {
	const {source} = report;
	const place = source === undefined ? '' : `${source.file}:${source.line}: `;
	const why = [openInWords(report), ...refusedLater(report), ...briefsOf(report, parts)].filter(Boolean).join('; ');
	return [...waysOf(report), place + why].filter(Boolean).join('; ');
}
