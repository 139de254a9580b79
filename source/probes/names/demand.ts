import {choiceProblem, type Fault, judgeFaults, parseFields, textsProblem} from '../demand-fields.js';
import type {JsonSchema, Judgement} from '../report-part.js';
import {issuersOf} from './issuers-of.js';
import type {NamesReport} from './names-report.js';

const words = ['present', 'absent'] as const;
type Word = (typeof words)[number];

/** What may be demanded of the records of a name. */
export type NamesDemand = {
	readonly caa?: Word | undefined;
	/** The only authorities that CAA lets issue certificates. */
	readonly issuers?: readonly string[] | undefined;
	readonly tlsa?: Word | undefined;
	readonly dane?: 'match' | undefined;
	readonly https?: Word | undefined;
	readonly ech?: Word | undefined;
};

const status = (description: string): JsonSchema => ({description, enum: words});

export const demandSchema: JsonSchema = {
	description: 'what the DNS has to say about the name',
	type: 'object',
	properties: {
		caa: status('CAA records, at the name or above it'),
		issuers: {
			description: 'the authorities that CAA lets issue certificates, and no others',
			type: 'array',
			items: {type: 'string', minLength: 1},
			minItems: 1,
		},
		tlsa: status('TLSA records for the port'),
		dane: {description: 'the TLSA records are signed and match every chain', enum: ['match']},
		https: status('HTTPS records'),
		ech: status('keys for Encrypted Client Hello in the HTTPS records'),
	},
	minProperties: 1,
	additionalProperties: false,
};

export const parseDemand = (value: unknown) =>
	parseFields<NamesDemand>(
		'names',
		'caa, issuers, tlsa, dane, https and ech',
		{
			caa: choiceProblem('caa', words),
			issuers: textsProblem('issuers', 'domains of authorities'),
			tlsa: choiceProblem('tlsa', words),
			dane: choiceProblem('dane', ['match']),
			https: choiceProblem('https', words),
			ech: choiceProblem('ech', words),
		},
		value,
	);

/** A record that does not apply counts as absent. */
export function judgeDemand(report: NamesReport, demand: NamesDemand): Judgement {
	const {caa, tlsa, https} = report;
	const faults = [
		...faultsOf('CAA', caa, demand.caa),
		...faultsOfIssuers(report, demand.issuers),
		...faultsOf('TLSA', tlsa, demand.tlsa),
		...(demand.dane === undefined ? [] : faultsOfDane(report)),
		...faultsOf('HTTPS', https, demand.https),
		...faultsOf('ECH', {...https.ech, reason: https.reason}, demand.ech),
	];
	return judgeFaults(faults, 'the records are as demanded');
}

function faultsOf(
	title: string,
	{status: found, reason}: {readonly status: NamesReport['caa']['status']; readonly reason?: string | undefined},
	wanted: Word | undefined,
): readonly Fault[] {
	const is = found === 'not-applicable' ? 'absent' : found;
	return wanted === undefined || is === wanted
		? []
		: is === 'inconclusive'
			? [{isOpen: true, message: `${title} is not decided${reason === undefined ? '' : `: ${reason}`}`}]
			: [{isOpen: false, message: `${title} is ${is}, but should be ${wanted}`}];
}

function faultsOfIssuers({caa}: NamesReport, wanted: readonly string[] | undefined): readonly Fault[] {
	if (wanted === undefined) {
		return [];
	}

	if (caa.status !== 'present') {
		return faultsOf('CAA', caa, 'present');
	}

	const allowed = wanted.map(name => name.toLowerCase());
	const issuers = issuersOf(caa.records);
	if (issuers === undefined) {
		return [{isOpen: false, message: 'CAA lets every authority issue certificates'}];
	}

	const others = issuers.filter(name => !allowed.includes(name));
	const missing = allowed.filter(name => !issuers.includes(name));
	return [
		...others.map(name => ({isOpen: false, message: `CAA lets ${name} issue certificates`})),
		...missing.map(name => ({isOpen: false, message: `CAA does not let ${name} issue certificates`})),
	];
}

function faultsOfDane({tlsa}: NamesReport): readonly Fault[] {
	switch (tlsa.dane) {
		case 'match':
			return [];
		case 'no-match':
			return [{isOpen: false, message: 'the TLSA records do not match the certificates'}];
		case 'unusable':
			return [{isOpen: false, message: 'no TLSA record is usable'}];
		case 'not-applicable':
			return [{isOpen: false, message: 'there is no TLSA record'}];
		case 'unsigned':
			return [{isOpen: true, message: 'the name server does not say that the TLSA records are validated by DNSSEC'}];
		case 'inconclusive':
			return [{isOpen: true, message: `DANE is not decided${tlsa.reason === undefined ? '' : `: ${tlsa.reason}`}`}];
		default:
			return tlsa.dane satisfies never;
	}
}

/** Demands what was found and is decided. */
export function demandFrom({caa, tlsa, https}: NamesReport): NamesDemand | undefined {
	const issuers = caa.status === 'present' ? issuersOf(caa.records) : undefined;
	const demand = {
		...(caa.status === 'present' ? {caa: 'present' as const} : {}),
		...(issuers === undefined || issuers.length === 0 ? {} : {issuers}),
		...(tlsa.dane === 'match' ? {dane: 'match' as const} : {}),
		...(https.status === 'present' ? {https: 'present' as const} : {}),
		...(https.ech.status === 'present' ? {ech: 'present' as const} : {}),
	};
	return Object.keys(demand).length === 0 ? undefined : demand;
}
