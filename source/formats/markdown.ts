import {type VersionName, versionNames} from '../registry/versions.js';
import {countsInWords, countVerdicts, endpointName, worstFirst} from './endpoint.js';
import {plain} from './escape/plain.js';
import {type Format, whole} from './format.js';
import {type Judged, type JudgedTarget, verdictOf} from './judged.js';
import {toneOf} from './tone.js';
import {comparisonsInWords, inspectionInWords} from './words.js';

/** GitHub shows nothing of a job summary over 1 MiB; this leaves room for what other steps write. */
const mostBytes = 900_000;

/** Markdown as GitHub and GitLab read it, for a job summary: what is wrong first, what is well folded away. */
export default {name: 'markdown', isAppendable: false, start: whole(page)} satisfies Format;

function page(targets: readonly JudgedTarget[]): string {
	const all = worstFirst(targets);
	const columns = versionNames.filter(name => all.some(({report}) => report.versions[name] !== undefined));
	const wrong = all.filter(judged => verdictOf(judged) !== 'pass');
	const well = all.filter(judged => verdictOf(judged) === 'pass');
	const budget = {left: mostBytes};
	const heading = `## TLS versions: ${countsInWords(countVerdicts(all))}\n`;
	const wrongTable = wrong.length === 0 ? '' : `\n${table(wrong, columns, budget)}`;
	const remarks = [...wrong.map(reasonsOf), ...all.map(comparisonsOf)].filter(text => text !== '');
	const reasons = remarks.length === 0 ? '' : `\n${limited(remarks, budget, 'reasons')}`;
	if (well.length === 0) {
		return heading + wrongTable + reasons;
	}

	const wellTable = table(well, columns, budget);
	const folded =
		wrong.length === 0 ? `\n${wellTable}` : `\n<details><summary>${well.length} as expected</summary>\n\n${wellTable}\n</details>\n`;
	return heading + wrongTable + reasons + folded;
}

type Budget = {left: number};

function table(all: readonly Judged[], columns: readonly VersionName[], budget: Budget): string {
	const head = [
		['', 'Endpoint', ...columns],
		['---', '---', ...columns.map(() => '---')],
	].map(row);
	return (
		head.join('') +
		limited(
			all.map(judged =>
				row([marks[verdictOf(judged)], escapeText(endpointName(judged.report)), ...columns.map(name => versionCell(name, judged))]),
			),
			budget,
			'endpoints',
		)
	);
}

/** Said in words where it happens: a list that ends without notice reads as whole. */
function limited(rows: readonly string[], budget: Budget, what: string): string {
	const kept: string[] = [];
	for (const item of rows) {
		if (budget.left < item.length * 2) {
			return `${kept.join('')}\n${rows.length - kept.length} more ${what} are left out to stay under 1 MiB.\n`;
		}

		budget.left -= Buffer.byteLength(item);
		kept.push(item);
	}

	return kept.join('');
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

const reasonsOf = ({report, judgements}: Judged): string =>
	judgements
		.filter(({status}) => status !== 'pass')
		.map(
			({ruleId, message, source}) =>
				`- **${escapeText(endpointName(report))}** ${escapeText(ruleId)} (${escapeText(source)}): ${escapeText(message)}\n`,
		)
		.join('');

/** What other ways of asking the same server show, where that is something else. */
const comparisonsOf = ({report}: Judged): string =>
	[...(report.withoutServerName?.changed ?? []), ...(report.direct?.differences ?? []), ...inspectionInWords(report)].length === 0
		? ''
		: `- **${escapeText(endpointName(report))}**: ${escapeText(comparisonsInWords(report).join(' '))}\n`;

/** Text of any origin as text: no markup, no HTML, no link, nobody called by name. A reference to a character is never markup (CommonMark §2.5). */
const escapeText = (text: string): string =>
	plain(text)
		.replaceAll(/[\\`*{}[\]#|~!$]|(?<![\p{L}\d])_|_(?![\p{L}\d])/gu, '\\$&')
		.replaceAll(/[&<>@]/g, character => `&#${character.codePointAt(0)};`)
		.replaceAll(/:(?=\/\/)/g, '&#58;')
		.replaceAll(/(?<=www)\./gi, '&#46;');
