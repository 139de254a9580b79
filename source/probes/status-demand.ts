import {listed} from '../bytes/listed.js';
import {type Fault, judgeFaults, namesProblem, type ProblemOf, parseFields} from './demand-fields.js';
import type {JsonSchema, PartChange, ReportPart} from './report-part.js';

/** Which fields have to be present, and which absent. */
export type StatusDemand = {readonly present?: readonly string[] | undefined; readonly absent?: readonly string[] | undefined};

type Statuses = readonly (readonly [field: string, status: string])[];

/** Describes a part of the report whose fields each have a status: `present`, `absent`, `inconclusive` or `not-applicable`. */
export type Statused<Part> = {
	/** Of the demand, such as `resumption`. */
	readonly name: string;
	/** One of the fields, such as `way to resume`. */
	readonly noun: string;
	/** The titles of the fields, for people. */
	readonly titles: Readonly<Record<string, string>>;
	readonly statusesIn: (part: Part) => Statuses;
};

/** What else may be demanded of such a part, by the words of the demand. */
export type FurtherDemand<Part, Further> = {
	readonly words: Readonly<Record<keyof Further & string, {readonly schema: JsonSchema; readonly problem: ProblemOf}>>;
	readonly faultsIn: (part: Part, demand: Further) => readonly Fault[];
};

/** The demand for such a part. A field that is not applicable counts as absent. */
export function statusDemand<Part, Further extends object>(
	{name, noun, titles, statusesIn}: Statused<Part>,
	{words, faultsIn}: FurtherDemand<Part, Further>,
): Omit<NonNullable<ReportPart<Part, StatusDemand & Further>['demand']>, 'fromPart'> {
	type Word = {readonly schema: JsonSchema; readonly problem: ProblemOf};
	const further = Object.entries<Word>(words);
	const fields = Object.keys(titles);
	const names = (description: string): JsonSchema => ({description, type: 'array', items: {enum: fields}, minItems: 1});
	const known = {noun, known: fields, help: `it is one of ${fields.join(', ')}`};
	return {
		schema: {
			description: `what ${name} has to be`,
			type: 'object',
			properties: {
				present: names('each of these fields is present'),
				absent: names('each of these fields is absent or not-applicable'),
				...Object.fromEntries(further.map(([word, {schema}]) => [word, schema])),
			},
			minProperties: 1,
			additionalProperties: false,
		},
		parse: value =>
			parseFields<StatusDemand & Further>(
				name,
				listed(['present', 'absent', ...Object.keys(words)]),
				{
					present: namesProblem('present', known),
					absent: namesProblem('absent', known),
					...Object.fromEntries(further.map(([word, {problem}]) => [word, problem])),
				} as Readonly<Record<keyof (StatusDemand & Further) & string, ProblemOf>>,
				value,
			),
		judge(part, demand) {
			const {present = [], absent = []} = demand;
			const statuses = new Map(statusesIn(part));
			const faults = [
				...present.flatMap(field => faultsOf(titles[field]!, statuses.get(field)!, 'present')),
				...absent.flatMap(field => faultsOf(titles[field]!, statuses.get(field)!, 'absent')),
				...faultsIn(part, demand),
			];
			return judgeFaults(faults, `${name} is as demanded`);
		},
	};
}

function faultsOf(title: string, status: string, wanted: 'present' | 'absent'): readonly Fault[] {
	if (status === wanted || (wanted === 'absent' && status === 'not-applicable')) {
		return [];
	}

	return status === 'inconclusive'
		? [{isOpen: true, message: `${title} is not decided; it should be ${wanted}`}]
		: [{isOpen: false, message: `${title} is ${status === 'not-applicable' ? 'not applicable' : status}, but should be ${wanted}`}];
}

/**
Differences between two such parts. A field that is inconclusive in one of them is no difference.

@param effectOf - The effect if the field became present. If it became absent, the effect is the opposite.
*/
export function compareStatuses<Part>(
	{titles, statusesIn}: Statused<Part>,
	before: Part,
	after: Part,
	effectOf: (field: string) => PartChange['effect'],
): readonly PartChange[] {
	const isKnown = (status: string): boolean => status === 'present' || status === 'absent';
	const opposite = {worse: 'better', better: 'worse', changed: 'changed'} as const;
	const now = new Map(statusesIn(after));
	return statusesIn(before).flatMap(([field, was]): PartChange[] => {
		const is = now.get(field)!;
		const effect = effectOf(field);
		return was === is || !isKnown(was) || !isKnown(is)
			? []
			: [{effect: is === 'present' ? effect : opposite[effect], message: `${titles[field]} was ${was} and is ${is}`}];
	});
}
