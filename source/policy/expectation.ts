import {policies} from './policies/index.js';
import type {Policy, RuleUse} from './policy.js';
import {type Clause, clauseOf, type DemandClause, distinct, type Rule, type Source, type Subject} from './rule.js';
import {rules} from './rules/index.js';
import {type Words, wordNames} from './words.js';

/** What is expected, as a user states it: the names of policies, or single words. All of it has to hold. */
export type Expectation = readonly (
	| {readonly kind: 'policy'; readonly name: string}
	| ({readonly kind: 'rule'; readonly source?: Source | undefined} & RuleUse)
	| {readonly kind: 'words'; readonly words: Words; readonly source?: Source | undefined}
	| {readonly kind: 'demand'; readonly clause: DemandClause}
)[];

const ruleOfWord = {rejects: 'rejects', accepts: 'accepts', acceptsAny: 'accepts-any', minimum: 'minimum'} as const;

export const ruleNamed = (id: string): Rule | undefined => rules.find(rule => rule.id === id);

export const policyNamed = (name: string, own: readonly Policy[]): Policy | undefined =>
	[...own, ...policies].find(policy => policy.name === name);

/** Policies and rules by words: each word is one rule. */
export const rulesOfWords = (words: Words): RuleUse[] =>
	wordNames.filter(name => words[name] !== undefined).map(name => ({rule: ruleOfWord[name], parameters: {[name]: words[name]}}));

/**
The rules of an expectation for one endpoint. A rule that several policies share with the same parameters is there once.

@param own - Policies beside those that are shipped. One of the same name goes first.
@throws {TypeError} For a policy or a rule that does not exist, or a policy that extends itself.
*/
export function clausesOf(expectation: Expectation, subject: Subject, own: readonly Policy[] = []): readonly Clause[] {
	return distinct(expectation.flatMap(item => clausesOfItem(item, subject, own)));
}

function clausesOfItem(item: Expectation[number], subject: Subject, own: readonly Policy[]): readonly Clause[] {
	switch (item.kind) {
		case 'policy':
			return clausesOfPolicy(item.name, subject, own);
		case 'rule':
			return clausesOfRule(item, subject, item.source);
		case 'words':
			return rulesOfWords(item.words).flatMap(use => clausesOfRule(use, subject, item.source));
		case 'demand':
			return [item.clause];
		default:
			return item satisfies never;
	}
}

/**
What a policy and those that it extends state, these first. Each policy counts once, where it is met first; what it states has to hold once.
Goes without recursion: a file may have a thousand that extend one another.
*/
function clausesOfPolicy(first: string, subject: Subject, own: readonly Policy[]): readonly Clause[] {
	const byName = namesOf(own);
	const clauses: Clause[] = [];
	const states = new Map<string, 'open' | 'done'>();
	const path: {readonly policy: Policy; next: number}[] = [];
	const enter = (name: string): void => {
		const policy = byName.get(name);
		if (policy === undefined || states.get(name) === 'open') {
			throw new TypeError(policy === undefined ? `no policy ${name}` : `the policy ${name} extends itself`);
		}

		if (!states.has(name)) {
			states.set(name, 'open');
			path.push({policy, next: 0});
		}
	};

	enter(first);
	for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
		const base = last.policy.extends?.[last.next];
		last.next += 1;
		if (base !== undefined) {
			enter(base);
			continue;
		}

		path.pop();
		const {name, rules: uses, demands = [], source} = last.policy;
		states.set(name, 'done');
		// What a policy states in bare words is its own: it knows where it has it from.
		for (const use of uses) {
			clauses.push(...clausesOfRule(use, subject, isBare(use) ? source : undefined));
		}

		clauses.push(...demands);
	}

	return clauses;
}

const known = new WeakMap<readonly Policy[], ReadonlyMap<string, Policy>>();

/** Policies by their names. Of the same name the first of a user's own counts. */
function namesOf(own: readonly Policy[]): ReadonlyMap<string, Policy> {
	const names = known.get(own) ?? new Map([...own, ...policies].toReversed().map(policy => [policy.name, policy]));
	known.set(own, names);
	return names;
}

const isBare = ({rule}: RuleUse): boolean => Object.values<string>(ruleOfWord).includes(rule);

function clausesOfRule({rule: id, parameters = {}}: RuleUse, subject: Subject, source: Source | undefined): readonly Clause[] {
	const rule = ruleNamed(id);
	if (rule === undefined) {
		throw new TypeError(`no rule ${id}`);
	}

	const clause = clauseOf(rule, parameters, subject);
	return clause === undefined ? [] : [source === undefined ? clause : {...clause, source}];
}
