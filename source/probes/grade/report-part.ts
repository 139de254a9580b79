import type {ProbeReport} from '../probe.js';
import type {JsonSchema, Line} from '../report-part.js';
import {type Cap, type GradeReport, isAtLeast, type Letter, letters} from './grade-report.js';
import type {GradeTypes} from './types.js';

const letter: JsonSchema = {enum: letters};
const score: JsonSchema = {type: 'number', minimum: 0, maximum: 100};
const cap: JsonSchema = {
	type: 'object',
	properties: {id: {type: 'string'}, letter, because: {type: 'string'}},
	required: ['id', 'letter', 'because'],
	additionalProperties: false,
};

const properties: Readonly<Record<string, JsonSchema>> = {
	letter: {description: 'null where there is nothing to grade; T: not trusted; M: for another name', enum: [...letters, null]},
	withoutTrust: {description: 'the grade if the certificate were trusted and for the name', ...letter},
	score,
	protocol: score,
	keyExchange: score,
	cipher: score,
	caps: {description: 'what limits the letter, the worst first', type: 'array', items: cap},
	open: {description: 'what is not decided, and the letter that it may lead to', type: 'array', items: cap},
	notSeen: {description: 'what SSL Labs checks and this run did not', type: 'array', items: {type: 'string'}},
	guide: {description: 'the version of the guide', const: '2009r'},
};

const toneOf = (found: Letter | null): Line['tone'] =>
	found === null ? 'open' : isAtLeast(found, 'A-') ? 'good' : isAtLeast(found, 'B') ? 'neutral' : 'bad';

/** The caps that matter: those of the letter that is shown. */
const decisive = ({letter: found, caps}: GradeReport): readonly Cap[] => caps.filter(item => item.letter === found);

export const gradePart: ProbeReport<GradeTypes> = {
	field: 'grade',
	title: 'Grade',
	rule: 'The grade is computed from the results of other probes, by the SSL Labs rating guide 2009r (docs/grade.md).',
	of: value => value,
	schema: {
		description: 'the grade by the SSL Labs rating guide',
		type: 'object',
		properties,
		required: ['letter', 'score', 'protocol', 'keyExchange', 'cipher', 'caps', 'open', 'notSeen', 'guide'],
		additionalProperties: false,
	},
	lines: ({letter: found, withoutTrust, score: total, protocol, keyExchange, cipher, caps, open, notSeen}) => [
		{
			label: 'SSL Labs',
			text:
				found === null
					? 'no grade: no version is accepted'
					: `${found}${withoutTrust === undefined ? '' : ` (${withoutTrust} if the certificate were trusted and for the name)`}`,
			tone: toneOf(found),
		},
		{label: 'score', text: `${total}: protocol ${protocol}, key exchange ${keyExchange}, cipher ${cipher}`, tone: 'neutral'},
		...caps.map((item): Line => ({label: `at most ${item.letter}`, text: item.because, tone: toneOf(item.letter)})),
		...open.map((item): Line => ({label: `perhaps ${item.letter}`, text: item.because, tone: 'open'})),
		...notSeen.map((text): Line => ({label: 'not seen', text, tone: 'neutral'})),
	],
	problems: report => {
		const {letter: found} = report;
		const [first] = decisive(report);
		return found === null || isAtLeast(found, 'A-')
			? []
			: [
					{
						severity: isAtLeast(found, 'E') ? 'warning' : 'error',
						message: `grade ${found}${first === undefined ? ` by a score of ${report.score}` : `: ${first.because}`}`,
					},
				];
	},
	brief: ({letter: found}) => (found === null ? 'no grade' : `grade ${found}`),
	inList: ({letter: found}) => (found === null ? '' : `grade ${found}`),
	measures: [
		{
			name: 'grade_score',
			help: 'The score by the SSL Labs rating guide, 0 to 100. The letter is a label.',
			samples: ({letter: found, score: total}) => (found === null ? [] : [{labels: {letter: found}, value: total}]),
		},
	],
	columns: [{name: 'score', cell: ({letter: found, score: total}) => (found === null ? '' : total)}],
	demand: {
		schema: {description: 'the letter to reach, by the SSL Labs rating guide', enum: letters.slice(0, letters.indexOf('F'))},
		parse: value => {
			const wanted = letters.slice(0, letters.indexOf('F')).find(item => item === value);
			return wanted === undefined ? {problem: `grade takes a letter from A+ to E, not ${JSON.stringify(value)}`} : {demand: wanted};
		},
		judge: judgeGrade,
		fromPart: ({letter: found, open}) =>
			found === null || !isAtLeast(found, 'E') || open.some(item => !isAtLeast(item.letter, found)) ? undefined : found,
	},
	compare: ({letter: before}, {letter: after}) =>
		before === after || before === null || after === null
			? []
			: [{effect: isAtLeast(after, before) ? 'better' : 'worse', message: `the grade was ${before} and is ${after}`}],
};

/** What is not decided counts where it could break the demand. */
function judgeGrade(report: GradeReport, wanted: Letter) {
	const {letter: found, caps, open, score: total} = report;
	if (found === null) {
		return {status: 'inconclusive', message: 'there is no grade: no version is accepted'} as const;
	}

	if (!isAtLeast(found, wanted)) {
		const because = caps.filter(item => !isAtLeast(item.letter, wanted)).map(item => item.because);
		const why = because.length === 0 ? `the score is ${total}` : because.join('; ');
		return {status: 'fail', message: `the grade is ${found}, but should be ${wanted} or better: ${why}`} as const;
	}

	const doubts = open.filter(item => !isAtLeast(item.letter, wanted)).map(item => item.because);
	return doubts.length === 0
		? ({status: 'pass', message: `the grade is ${found}`} as const)
		: ({status: 'inconclusive', message: `the grade is ${found}, as far as was decided: ${doubts.join('; ')}`} as const);
}
