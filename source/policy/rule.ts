import type {VersionName} from '../iana/versions.js';
import {type DemandOf, type ProbeName, probes} from '../probes/index.js';
import type {AnyProbe} from '../probes/probe.js';
import type {Words} from './words.js';

/** Where a rule comes from, to be looked up: a document and its section. */
export type Source = {
	readonly name: string;
	readonly url?: string | undefined;
};

/**
What a rule looks at: whether the handshake is accepted, which is where nothing else is said, or what the service answers behind it, where
that was asked.
*/
export type Basis = 'handshake' | 'service';

/** A rule with its parameters for one endpoint. Plain data: `evaluate` judges by it. */
export type Clause = VersionClause | DemandClause;

/** How bad it is to break a rule, for formats with levels. [error] */
export type RuleSeverity = 'error' | 'warning' | 'note';

type Named = {
	/** Stable: build systems keep them. */
	readonly ruleId: string;
	readonly title: string;
	readonly source: Source;
};

/** What is demanded of versions. */
export type VersionClause = Named & {
	readonly field?: undefined;
	readonly words: Words;
	readonly basis?: Basis | undefined;
	/** What will be demanded from a day in the future on. It decides nothing before. */
	readonly coming?: Coming | undefined;
};

/** What is demanded of a part of a report. */
export type DemandClause = Named & {
	/** Of the report, and of the part that judges the demand. */
	readonly field: string;
	/** As the part has read it. */
	readonly demand: unknown;
	readonly severity?: RuleSeverity | undefined;
};

/** Versions that are to be refused, and the day from which on, ISO 8601. */
export type Coming = {readonly day: string; readonly rejects: readonly VersionName[]};

/** What is known of an endpoint before anything is asked. */
export type Subject = {
	/** The name that a client would ask for, lower case; an address where there is none. */
	readonly host: string;
	/** The day of the judgement, ISO 8601, in UTC: some rules hold from a day on. */
	readonly today: string;
};

/** A rule about versions, or about what a probe finds. */
export type Rule = VersionRule | PartRule;

/** A rule about a part of a report. It asks for the probe of that part. */
export type PartRule = {
	readonly id: string;
	readonly title: string;
	readonly source: Source;
	/** The probe's name. */
	readonly probe: ProbeName;
	/** As the check file has it, and as the part judges it. */
	readonly demand: unknown;
	readonly severity?: RuleSeverity | undefined;
};

/** A rule that says the same of every endpoint, or `make`s what it says from its parameters and the endpoint. */
export type VersionRule = {
	readonly id: string;
	readonly title: string;
	readonly source: Source;
	/** What it demands without parameters. */
	readonly words: Words;
	/** What it looks at; the handshake where it does not say. */
	readonly basis?: Basis;
	/** Parameters by name, each with one line about it. Of rules that have any. */
	readonly parameters?: Readonly<Record<string, string>>;
	/**
	@param given - The parameters that were given, by name.
	@returns Undefined where the rule says nothing of this endpoint.
	*/
	readonly make?: (given: Words, subject: Subject) => Omit<VersionClause, 'ruleId'> | undefined;
};

export const defineRule = (rule: VersionRule): VersionRule => rule;

export const definePartRule = <Name extends ProbeName>(
	rule: PartRule & {readonly probe: Name; readonly demand: DemandOf<Name>},
): PartRule => rule;

/** The clause of a rule for one endpoint. */
export function clauseOf(rule: Rule, given: Words, subject: Subject): Clause | undefined {
	return 'probe' in rule ? partClauseOf(rule) : versionClauseOf(rule, given, subject);
}

function partClauseOf({id, title, source, probe: name, demand, severity}: PartRule): DemandClause {
	const {report} = (probes as readonly AnyProbe[]).find(probe => probe.name === name)!;
	return {ruleId: id, title, source, field: report!.field, demand, ...(severity === undefined ? {} : {severity})};
}

function versionClauseOf(rule: VersionRule, given: Words, subject: Subject): VersionClause | undefined {
	const {id, title, source, words, basis, make} = rule;
	const made = make === undefined ? {title, source, words: {...words, ...given}} : make({...words, ...given}, subject);
	return made && {ruleId: id, ...made, ...(basis === undefined ? {} : {basis})};
}

/** Each rule once with the same parameters, where it is met first. */
export function distinct(clauses: readonly Clause[]): readonly Clause[] {
	const seen = new Set<string>();
	return clauses.filter(clause => {
		const key = JSON.stringify([clause.ruleId, clause.field === undefined ? clause.words : [clause.field, clause.demand]]);
		return seen.has(key) ? false : seen.add(key);
	});
}

/** What clauses demand of versions. */
export const wordsOf = (clauses: readonly Clause[]): Words[] =>
	clauses.flatMap(clause => (clause.field === undefined ? [clause.words] : []));
