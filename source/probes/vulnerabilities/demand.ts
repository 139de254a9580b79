import {judgeFaults, namesProblem, parseFields} from '../demand-fields.js';
import type {JsonSchema, Judgement} from '../report-part.js';
import {vulnerabilities} from './index.js';
import {titleOf, type VulnerabilitiesReport} from './vulnerabilities-report.js';

const names: readonly string[] = vulnerabilities.map(({name}) => name);

/** Which vulnerabilities a server must not have. */
export type VulnerabilitiesDemand = {readonly never: readonly string[]};

export const demandSchema: JsonSchema = {
	description: 'which vulnerabilities the server must not have',
	type: 'object',
	properties: {never: {description: 'absent, or not applicable', type: 'array', items: {enum: names}, minItems: 1}},
	required: ['never'],
	additionalProperties: false,
};

const known = {noun: 'vulnerability', plural: 'vulnerabilities', known: names, help: `it is one of ${names.join(', ')}`};

export const parseDemand = (value: unknown) =>
	parseFields<VulnerabilitiesDemand>('vulnerabilities', 'never', {never: namesProblem('never', known)}, value);

export function judgeDemand(report: VulnerabilitiesReport, {never}: VulnerabilitiesDemand): Judgement {
	const found = never.map(name => ({name, ...(report[name] ?? notAsked)}));
	const faults = found.flatMap(({name, status, message}) =>
		status === 'present' || status === 'inconclusive' ? [{isOpen: status === 'inconclusive', message: `${titleOf(name)}: ${message}`}] : [],
	);
	return judgeFaults(
		faults,
		never.length === 1 ? `${titleOf(never[0]!)}: ${found[0]!.message}` : 'none of these vulnerabilities is present',
	);
}

/** A report of another version may leave one out. */
const notAsked = {status: 'inconclusive', message: 'not asked'} as const;

/** Demands that the vulnerabilities that the server does not have stay absent. */
export function demandFrom(report: VulnerabilitiesReport): VulnerabilitiesDemand | undefined {
	const never = names.filter(name => ['absent', 'not-applicable'].includes(report[name]?.status ?? ''));
	return never.length === 0 ? undefined : {never};
}
