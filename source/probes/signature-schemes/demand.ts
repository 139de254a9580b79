import {signatureSchemes} from '../../iana/signature-schemes.js';
import {broken, judgeFaults, namesProblem, open, parseFields} from '../demand-fields.js';
import type {JsonSchema, Judgement} from '../report-part.js';
import {type SignatureSchemesReport, versionsIn} from './schemes-report.js';

/** What may be demanded of signature schemes, by their names. */
export type SchemesDemand = {
	/** No other scheme is accepted. */
	readonly only?: readonly string[] | undefined;
	/** None of these is accepted. */
	readonly never?: readonly string[] | undefined;
};

const names: readonly string[] = signatureSchemes.entries.map(({name}) => name);
const listed = {type: 'array', items: {enum: names}, minItems: 1} as const;

export const demandSchema: JsonSchema = {
	description: 'what signature schemes have to be; names as IANA has them',
	type: 'object',
	properties: {
		only: {description: 'no other scheme is accepted, in any version', ...listed},
		never: {description: 'none of these schemes is accepted, in any version', ...listed},
	},
	minProperties: 1,
	additionalProperties: false,
};

const known = {noun: 'signature scheme', known: names, help: 'names are those of IANA, such as rsa_pss_rsae_sha256'};

export const parseDemand = (value: unknown) =>
	parseFields<SchemesDemand>(
		'signatureSchemes',
		'only and never',
		{only: namesProblem('only', known), never: namesProblem('never', known)},
		value,
	);

/** A scheme that is not wanted is proved to be refused only where it is not among the undecided ones. */
export function judgeDemand(report: SignatureSchemesReport, {only, never = []}: SchemesDemand): Judgement {
	const all = versionsIn(report);
	if (all.length === 0) {
		return {status: 'inconclusive', message: 'neither TLS 1.2 nor TLS 1.3 is accepted, so nothing is known of signature schemes'};
	}

	const isUnwanted = (name: string): boolean => never.includes(name) || (only !== undefined && !only.includes(name));
	const faults = all.flatMap(([version, {accepted, undecided}]) => [
		...accepted.filter(isUnwanted).map(name => broken(`${name} is accepted in ${version}, but should be refused`)),
		...undecided.filter(isUnwanted).map(name => open(`${name} is not proved to be refused in ${version}`)),
	]);
	return judgeFaults(faults, 'the signature schemes are as demanded');
}

/** No scheme but those that are accepted now. Nothing is demanded where one is undecided, or has no name that a demand can have. */
export function demandFrom(report: SignatureSchemesReport): SchemesDemand | undefined {
	const all = versionsIn(report).map(([, found]) => found);
	const only = [...new Set(all.flatMap(({accepted}) => accepted))];
	const isWhole = all.every(({undecided}) => undecided.length === 0) && only.every(name => names.includes(name));
	return isWhole && only.length > 0 ? {only} : undefined;
}
