import type {Report} from '../engine/report.js';
import type {RuleJudgement} from '../policy/evaluate.js';
import {fill, type Piece, wordsOf} from './fill.js';
import {count} from './numbers.js';
import {type Color, type Look, makePaint} from './paint.js';
import {reasonInWords, targetReasonInWords} from './words.js';

const colors: Readonly<Record<Report['verdict'], Color>> = {pass: 'green', fail: 'red', inconclusive: 'yellow'};
const indent = 6;

/**
One address of an endpoint that something is expected of: a line, and below it every rule that is not met, what was seen that speaks
against it, and where the rule is from.
*/
export function checkText(report: Report, look: Look): string {
	const {verdict, name, target, address, judgements = []} = report;
	const where = address === null || address === report.host ? '' : address;
	const head = fill(
		[
			{text: verdict.padEnd(12), color: [colors[verdict], 'bold']},
			...(name === undefined ? [] : [{text: name, gap: 2}]),
			{text: target, gap: 2},
			...(where === '' ? [] : [{text: where, gap: 2}]),
			...(report.reason === undefined ? [] : [{text: targetReasonInWords(report), gap: 2, color: 'dim' as const}]),
		],
		look,
		indent,
	);
	const broken = judgements.filter(({status}) => status !== 'pass');
	return head + broken.map(judgement => judgementText(judgement, report, look)).join('');
}

function judgementText({ruleId, status, message, versions, source}: RuleJudgement, report: Report, look: Look): string {
	const lines: Piece[][] = [
		[{text: '   '}, {text: `${ruleId}:`, color: colors[status]}, ...wordsOf(message)],
		...versions.flatMap(version => {
			const seen = report.versions[version];
			return seen === undefined ? [] : [[{text: '     '}, ...wordsOf(`${version} ${seen.status}: ${reasonInWords(seen)}`, 'dim')]];
		}),
		[{text: '     '}, ...wordsOf(`by ${source.name}`, 'dim')],
	];
	return lines.map(pieces => fill(pieces, look, indent)).join('');
}

/** What all of them come to. */
export function checkSummary(verdicts: readonly Report['verdict'][], look: Look): string {
	const paint = makePaint(look);
	const counted = (['pass', 'fail', 'inconclusive'] as const).map(verdict => {
		const times = verdicts.filter(other => other === verdict).length;
		return paint(times > 0 ? colors[verdict] : 'dim', `${count(times)} ${verdict}`);
	});
	return `\n${count(verdicts.length)} ${verdicts.length === 1 ? 'endpoint' : 'endpoints'}: ${counted.join(', ')}\n`;
}
