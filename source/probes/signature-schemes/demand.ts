import {nearest} from '../../bytes/nearest.js';
import {signatureSchemes} from '../../iana/signature-schemes.js';
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

/** @returns The demand, or what is wrong with it, in words. */
export function parseDemand(value: unknown): {readonly demand: SchemesDemand} | {readonly problem: string} {
	const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
	if (fields.length === 0) {
		return {problem: 'signatureSchemes takes only and never'};
	}

	const problem = fields.map(([word, field]) => problemOf(word, field)).find(found => found !== undefined);
	return problem === undefined ? {demand: value as SchemesDemand} : {problem};
}

function problemOf(word: string, value: unknown): string | undefined {
	if (word !== 'only' && word !== 'never') {
		return `signatureSchemes has no word ${JSON.stringify(word)}: it takes only and never`;
	}

	if (!Array.isArray(value) || value.length === 0 || !value.every(item => typeof item === 'string')) {
		return `${word} takes a list of signature schemes`;
	}

	const wrong = (value as string[]).find(name => !names.includes(name));
	const meant = wrong === undefined ? undefined : nearest(wrong, names);
	const help = meant === undefined ? '; names are those of IANA, such as rsa_pss_rsae_sha256' : `; did you mean ${meant}?`;
	return wrong === undefined ? undefined : `there is no signature scheme ${JSON.stringify(wrong)}${help}`;
}

/** A scheme that is not wanted is proved to be refused only where it is not among the undecided ones. */
export function judgeDemand(report: SignatureSchemesReport, {only, never = []}: SchemesDemand): Judgement {
	const all = versionsIn(report);
	if (all.length === 0) {
		return {status: 'inconclusive', message: 'neither TLS 1.2 nor TLS 1.3 is accepted, so nothing is known of signature schemes'};
	}

	const isUnwanted = (name: string): boolean => never.includes(name) || (only !== undefined && !only.includes(name));
	const wrong = all.flatMap(([version, {accepted}]) =>
		accepted.filter(isUnwanted).map(name => `${name} is accepted in ${version}, but should be refused`),
	);
	const open = all.flatMap(([version, {undecided}]) =>
		undecided.filter(isUnwanted).map(name => `${name} is not proved to be refused in ${version}`),
	);
	return wrong.length > 0
		? {status: 'fail', message: inShort(wrong)}
		: open.length > 0
			? {status: 'inconclusive', message: inShort(open)}
			: {status: 'pass', message: 'the signature schemes are as demanded'};
}

/** So many are named. */
const mostNamed = 4;

const inShort = (messages: readonly string[]): string =>
	messages.length <= mostNamed
		? messages.join('; ')
		: `${messages.slice(0, mostNamed - 1).join('; ')}; and ${messages.length - mostNamed + 1} more`;
