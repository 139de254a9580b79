import {choiceProblem, type Fault, judgeFaults, namesProblem, parseFields} from '../demand-fields.js';
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
	const faults = [
		...tolerates.flatMap(field => faultsOf(report, field, 'accepted')),
		...(unknownName === undefined ? [] : faultsOf(report, 'unknownName', unknownName)),
	];
	return judgeFaults(faults, 'unusual hellos are answered as demanded');
}

function faultsOf(report: RobustnessFinding, field: ToleranceField, wanted: 'accepted' | 'refused'): readonly Fault[] {
	const {status, of = []} = report[field];
	if (status !== 'tolerant' && status !== 'intolerant') {
		return [{isOpen: true, message: `${fieldTitles[field]}: not decided; should be ${wanted}`}];
	}

	const found = status === 'tolerant' ? 'accepted' : 'refused';
	const title = status === 'tolerant' ? fieldTitles[field] : of.map(itemInWords).join(', ');
	return found === wanted ? [] : [{isOpen: false, message: `${title} is ${found}, but should be ${wanted}`}];
}

/** Demands the fields that are tolerant. */
export function demandFrom(report: RobustnessFinding): RobustnessDemand | undefined {
	const tolerates = demanded.filter(field => report[field].status === 'tolerant');
	return tolerates.length === 0 ? undefined : {tolerates};
}
