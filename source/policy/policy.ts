import type {DemandClause, Source} from './rule.js';
import type {Words} from './words.js';

/** A rule, perhaps with other parameters than its own. */
export type RuleUse = {readonly rule: string; readonly parameters?: Words | undefined};

/** Rules under one name. */
export type Policy = {
	readonly name: string;
	readonly title: string;
	readonly source: Source;
	/** Policies whose rules hold as well. */
	readonly extends?: readonly string[] | undefined;
	readonly rules: readonly RuleUse[];
	/** What is demanded of parts of a report. */
	readonly demands?: readonly DemandClause[] | undefined;
};

export const definePolicy = (policy: Policy): Policy => policy;
