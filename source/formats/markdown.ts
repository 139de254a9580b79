import {type VersionName, versionNames} from '../iana/versions.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import type {Line} from '../probes/report-part.js';
import {type AnyReportPart, reportParts} from '../probes/report-parts.js';
import {countsInWords, endpointName, verdicts} from './endpoint.js';
import {plain} from './escape/plain.js';
import type {Format} from './format.js';
import {type Judged, shortcomings} from './judged.js';
import {sectionsOf, skippedSection} from './sections.js';
import {toneOf} from './tone.js';
import {comparisonsInWords, inspectionInWords} from './words.js';

/** GitHub shows nothing of a job summary over 1 MiB; this leaves room for what other steps write. */
const mostBytes = 900_000;

/** Markdown as GitHub and GitLab read it, for a job summary: what is wrong first, what is well folded away. */
export default {
	name: 'markdown',
	isAppendable: false,
	start({parts = reportParts}) {
		const versions = new Set<string>();
		const texts = {fail: makeVerdictText(), inconclusive: makeVerdictText(), pass: makeVerdictText()};
		const sections: Sections = new Map([...parts, skippedSection].map(({field, title}) => [field, {title, ...makeKept<string>()}]));
		return {
			add({addresses}) {
				for (const judged of addresses) {
					for (const name of Object.keys(judged.report.versions)) {
						versions.add(name);
					}

					addTo(texts[judged.report.verdict], judged);
					addSections(sections, judged, parts);
				}

				return '';
			},
			end: () => page(texts, versions, sections),
		};
	},
} satisfies Format;

/** All that is said of the addresses of one verdict. */
type VerdictText = {readonly rows: Kept<Row>; readonly reasons: Kept<string>; readonly comparisons: Kept<string>};

/** The first of many, as many as the page has room for at most. */
type Kept<Item> = {readonly items: Item[]; total: number; size: number};

type Row = {readonly head: string; readonly cells: Readonly<Partial<Record<string, string>>>};

const makeKept = <Item>(): Kept<Item> => ({items: [], total: 0, size: 0});

const makeVerdictText = (): VerdictText => ({rows: makeKept(), reasons: makeKept(), comparisons: makeKept()});

/** @param size - In characters: an upper bound of its size on the page. */
function keep<Item>(kept: Kept<Item>, item: Item, size: number): void {
	kept.total += 1;
	if (kept.size <= mostBytes) {
		kept.items.push(item);
		kept.size += size;
	}
}

function addTo({rows, reasons, comparisons}: VerdictText, judged: Judged): void {
	const head = `| ${marks[judged.report.verdict]} | ${escapeText(endpointName(judged.report))}`;
	const cells = Object.fromEntries((Object.keys(judged.report.versions) as VersionName[]).map(name => [name, versionCell(name, judged)]));
	keep(rows, {head, cells}, head.length);
	for (const [kept, text] of [
		[reasons, reasonsOf(judged)],
		[comparisons, comparisonsOf(judged)],
	] as const) {
		if (text !== '') {
			keep(kept, text, text.length);
		}
	}
}

/** What is said of each part of reports, by its field. */
type Sections = ReadonlyMap<string, Kept<string> & {readonly title: string}>;

function addSections(sections: Sections, {report}: Judged, parts: readonly AnyReportPart[]): void {
	for (const section of sectionsOf(report, parts)) {
		const text = `- **${escapeText(endpointName(report))}**\n${section.lines.map((line, index) => lineItem(line, section.lines[index - 1])).join('')}`;
		keep(sections.get(section.field)!, text, text.length);
	}
}

/** A line with a depth is an item below the line before. */
function lineItem({label, text, tone, depth = 0}: Line, before: Line | undefined): string {
	const said = tone === 'bad' ? `**${escapeText(text)}**` : escapeText(text);
	const isRepeated = depth > 0 && before?.label === label;
	return `${'  '.repeat(depth + 1)}- ${isRepeated ? '' : `${escapeText(label)}: `}${said}\n`;
}

function page(texts: Readonly<Record<EndpointVerdict, VerdictText>>, versions: ReadonlySet<string>, sections: Sections): string {
	const columns = versionNames.filter(name => versions.has(name));
	const counts = {fail: texts.fail.rows.total, inconclusive: texts.inconclusive.rows.total, pass: texts.pass.rows.total};
	const budget = {left: mostBytes};
	const heading = `## TLS versions: ${countsInWords(counts)}\n`;
	const wrongCount = counts.fail + counts.inconclusive;
	const wrongTable = wrongCount === 0 ? '' : `\n${table([texts.fail.rows, texts.inconclusive.rows], columns, budget)}`;
	const remarks = joined([texts.fail.reasons, texts.inconclusive.reasons, ...verdicts.map(verdict => texts[verdict].comparisons)]);
	const reasons = remarks.total === 0 ? '' : `\n${limited(remarks, budget, 'reasons')}`;
	const below = (): string => sectionsText(sections, budget);
	if (counts.pass === 0) {
		return heading + wrongTable + reasons + below();
	}

	const wellTable = table([texts.pass.rows], columns, budget);
	const folded =
		wrongCount === 0 ? `\n${wellTable}` : `\n<details><summary>${counts.pass} as expected</summary>\n\n${wellTable}\n</details>\n`;
	return heading + wrongTable + reasons + folded + below();
}

const sectionsText = (sections: Sections, budget: Budget): string =>
	[...sections.values()]
		.filter(({total}) => total > 0)
		.map(section => `\n### ${escapeText(section.title)}\n\n${limited(section, budget, 'endpoints')}`)
		.join('');

type Budget = {left: number};

type Joined<Item> = {readonly items: readonly Item[]; readonly total: number};

/** What follows one that was cut short has no room either. */
function joined<Item>(all: readonly Kept<Item>[]): Joined<Item> {
	const cut = all.findIndex(({items, total}) => items.length < total);
	const whole = cut === -1 ? all : all.slice(0, cut + 1);
	return {items: whole.flatMap(({items}) => items), total: all.reduce((sum, {total}) => sum + total, 0)};
}

function table(all: readonly Kept<Row>[], columns: readonly VersionName[], budget: Budget): string {
	const head = [
		['', 'Endpoint', ...columns],
		['---', '---', ...columns.map(() => '---')],
	].map(row);
	const {items, total} = joined(all);
	const rows = items.map(({head: start, cells}) => `${start}${columns.map(name => ` | ${cells[name] ?? ''}`).join('')} |\n`);
	return head.join('') + limited({items: rows, total}, budget, 'endpoints');
}

/** Said in words where it happens: a list that ends without notice reads as whole. */
function limited({items, total}: Joined<string>, budget: Budget, what: string): string {
	const kept: string[] = [];
	for (const item of items) {
		if (budget.left < item.length * 2) {
			break;
		}

		budget.left -= Buffer.byteLength(item);
		kept.push(item);
	}

	return kept.length === total
		? kept.join('')
		: `${kept.join('')}\n${total - kept.length} more ${what} are left out to keep this below 1 MiB.\n`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

const marks = {pass: '✅ pass', fail: '❌ **fail**', inconclusive: '❔ inconclusive'} as const;

function versionCell(name: VersionName, judged: Judged): string {
	const version = judged.report.versions[name];
	if (version === undefined) {
		return '';
	}

	return toneOf(name, judged) === 'bad' ? `**${version.status}**` : version.status;
}

const reasonsOf = (judged: Judged): string =>
	shortcomings(judged)
		.map(
			({ruleId, message, source}) =>
				`- **${escapeText(endpointName(judged.report))}** ${escapeText(ruleId)} (${escapeText(source)}): ${escapeText(message)}\n`,
		)
		.join('');

/** What other ways of asking the same server show, where that is something else. */
const comparisonsOf = ({report}: Judged): string =>
	[...(report.withoutServerName?.changed ?? []), ...(report.direct?.differences ?? []), ...inspectionInWords(report)].length === 0
		? ''
		: `- **${escapeText(endpointName(report))}**: ${escapeText(comparisonsInWords(report).join(' '))}\n`;

/** Text of any origin as text: no markup, no HTML, no link, no mention of a user. A reference to a character is never markup (CommonMark §2.5). */
const escapeText = (text: string): string =>
	plain(text)
		.replaceAll(/[\\`*{}[\]#|~!$]|(?<![\p{L}\d])_|_(?![\p{L}\d])/gu, '\\$&')
		.replaceAll(/[&<>@]/g, character => `&#${character.codePointAt(0)};`)
		.replaceAll(/:(?=\/\/)/g, '&#58;')
		.replaceAll(/(?<=www)\./gi, '&#46;');
