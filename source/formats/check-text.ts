import {judgementsOf} from '../engine/judge-report.js';
import type {Report} from '../engine/report.js';
import {nextSteps} from './advice.js';
import {waysOf} from './endpoint.js';
import {fill, type Piece, wordsOf} from './fill.js';
import {type AddressJudgement, type Judged, nothingKnown} from './judged.js';
import {count} from './numbers.js';
import {type Color, makePaint, type TerminalFeatures} from './paint.js';
import {inspectionInWords, reasonInWords} from './words.js';

const colors: Readonly<Record<Report['verdict'], Color>> = {pass: 'green', fail: 'red', inconclusive: 'yellow'};
const indent = 6;

/**
One address of an endpoint that something is expected of: a line, and below it every rule that is not met, what was seen that speaks
against it, and where the rule is from.
*/
export function checkText(judged: Judged, look: TerminalFeatures): string {
	const {report} = judged;
	const {name, target, address, verdict} = report;
	const where = address === null || address === report.host ? '' : address;
	const head = fill(
		[
			{text: verdict.padEnd(12), color: [colors[verdict], 'bold']},
			...(name === undefined ? [] : [{text: name, gap: 2}]),
			{text: target, gap: 2},
			...(where === '' ? [] : [{text: where, gap: 2}]),
			...waysOf(report).map(text => ({text, gap: 2, color: 'dim' as const})),
		],
		look,
		indent,
	);
	const nothing = nothingKnown(judged);
	if (nothing !== undefined) {
		return head + nothingText(nothing.message, report, look);
	}

	const broken = linesOf(judged).filter(({status}) => status !== 'pass');
	const remarks = inspectionInWords(report).map(line => fill([{text: '   '}, ...wordsOf(line, 'yellow')], look, indent));
	return head + remarks.join('') + broken.map(judgement => judgementText(judgement, report, look)).join('');
}

/** What leaves all rules open, and what to do about it. */
const nothingText = (message: string, report: Report, look: TerminalFeatures): string =>
	[[{text: '   '}, ...wordsOf(message)], ...nextSteps(report).map(step => [{text: '     '}, ...wordsOf(step, 'dim')])]
		.map(pieces => fill(pieces, look, indent))
		.join('');

/** What was stated is shown unchanged, and what was seen below it. */
const linesOf = ({report}: Judged): readonly AddressJudgement[] =>
	judgementsOf(report).map(({source, ...judgement}) => ({...judgement, source: source.name}));

function judgementText({ruleId, status, message, versions, source}: AddressJudgement, report: Report, look: TerminalFeatures): string {
	const lines: Piece[][] = [
		[{text: '   '}, {text: `${ruleId}:`, color: colors[status]}, ...wordsOf(message)],
		...versions.flatMap(version => {
			const seen = report.versions[version];
			return seen === undefined ? [] : [[{text: '     '}, ...wordsOf(`${version} ${seen.status}: ${reasonInWords(seen)}`, 'dim')]];
		}),
		[{text: '     '}, ...wordsOf(`by ${source}`, 'dim')],
	];
	return lines.map(pieces => fill(pieces, look, indent)).join('');
}

/** Counts of all verdicts: `2 endpoints: 1 pass, 1 fail, 0 inconclusive`. */
export function total(verdicts: readonly Report['verdict'][], noun: string, look: TerminalFeatures): string {
	const paint = makePaint(look);
	const counted = (['pass', 'fail', 'inconclusive'] as const).map(verdict => {
		const times = verdicts.filter(other => other === verdict).length;
		return paint(times > 0 ? colors[verdict] : 'dim', `${count(times)} ${verdict}`);
	});
	return `\n${count(verdicts.length)} ${verdicts.length === 1 ? noun.replace(/s$/, '') : noun}: ${counted.join(', ')}\n`;
}
