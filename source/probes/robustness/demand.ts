import {choiceProblem, namesProblem, parseFields} from '../demand-fields.js';
import type {JsonSchema, Judgement} from '../report-part.js';
import {type RobustnessFinding, type ToleranceField, toleranceFields} from './finding.js';
import {fieldTitles, itemInWords} from './words.js';

/** What may be demanded of robustness. */
export type RobustnessDemand = {
	readonly tolerates?: readonly ToleranceField[] | undefined;
	readonly unknownName?: 'accepted' | 'refused' | undefined;
};

/** Whether a server refuses unknown names is a choice of its operator. */
const demanded = toleranceFields.filter(field => field !== 'unknownName');
const nameWords = ['accepted', 'refused'] as const;

export const demandSchema: JsonSchema = {
	description: 'which unusual hellos have to be answered',
	type: 'object',
	properties: {
		tolerates: {description: 'hellos that are accepted', type: 'array', items: {enum: demanded}, minItems: 1},
		unknownName: {description: 'what happens to a hello with a server name that the server does not have', enum: nameWords},
	},
	minProperties: 1,
	additionalProperties: false,
};

const known = {noun: 'field', known: demanded, help: `it is one of ${demanded.join(', ')}`};

export const parseDemand = (value: unknown) =>
	parseFields<RobustnessDemand>(
		'robustness',
		'tolerates and unknownName',
		{tolerates: namesProblem('tolerates', known), unknownName: choiceProblem('unknownName', nameWords)},
		value,
	);

export function judgeDemand(report: RobustnessFinding, {tolerates = [], unknownName}: RobustnessDemand): Judgement {
	const broken: string[] = [];
	const open: string[] = [];
	for (const field of tolerates) {
		const {status, of = []} = report[field];
		if (status === 'intolerant') {
			broken.push(`${of.map(itemInWords).join(', ')} is refused, but should be accepted`);
		} else if (status !== 'tolerant') {
			open.push(`${fieldTitles[field]}: not decided; should be accepted`);
		}
	}

	const {status} = report.unknownName;
	if (unknownName !== undefined && (status === 'tolerant' || status === 'intolerant')) {
		const found = status === 'tolerant' ? 'accepted' : 'refused';
		if (found !== unknownName) {
			broken.push(`an unknown server name is ${found}, but should be ${unknownName}`);
		}
	} else if (unknownName !== undefined) {
		open.push(`an unknown server name: not decided; should be ${unknownName}`);
	}

	return broken.length > 0
		? {status: 'fail', message: broken.join('; ')}
		: open.length > 0
			? {status: 'inconclusive', message: open.join('; ')}
			: {status: 'pass', message: 'unusual hellos are answered as demanded'};
}

/** Demands what is tolerated now. */
export function demandFrom(report: RobustnessFinding): RobustnessDemand | undefined {
	const tolerates = demanded.filter(field => report[field].status === 'tolerant');
	return tolerates.length === 0 ? undefined : {tolerates};
}
