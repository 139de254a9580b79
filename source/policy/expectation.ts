import {policies} from './policies/index.js';
import type {Policy, RuleUse} from './policy.js';
import {type Clause, clauseOf, type Rule, type Source, type Subject} from './rule.js';
import {rules} from './rules/index.js';
import {type Words, wordNames} from './words.js';

/** What somebody expects, as they state it: by the name of a policy, or word by word. All of it holds. */
export type Expectation = readonly (
	| {readonly kind: 'policy'; readonly name: string}
	| ({readonly kind: 'rule'; readonly source?: Source | undefined} & RuleUse)
	| {readonly kind: 'words'; readonly words: Words; readonly source?: Source | undefined}
)[];

const ruleOfWord = {rejects: 'rejects', accepts: 'accepts', acceptsAny: 'accepts-any', minimum: 'minimum'} as const;

export const ruleNamed = (id: string): Rule | undefined => rules.find(rule => rule.id === id);

export const policyNamed = (name: string, own: readonly Policy[]): Policy | undefined =>
	[...own, ...policies].find(policy => policy.name === name);

/** Policies and rules by words: each word is a rule of its own. */
export const rulesOfWords = (words: Words): RuleUse[] =>
	wordNames.filter(name => words[name] !== undefined).map(name => ({rule: ruleOfWord[name], parameters: {[name]: words[name]}}));

/**
What an expectation comes to for one endpoint. A rule that several policies share with the same parameters is there once.

@param own - Policies beside those that are shipped. One of the same name goes first.
@throws {TypeError} For a policy or a rule that does not exist, or a policy that extends itself.
*/
export function clausesOf(expectation: Expectation, subject: Subject, own: readonly Policy[] = []): readonly Clause[] {
	const clauses = expectation.flatMap(item => clausesOfItem(item, subject, own));
	const seen = new Set<string>();
	return clauses.filter(({ruleId, words}) => {
		const key = JSON.stringify([ruleId, words]);
		return seen.has(key) ? false : seen.add(key);
	});
}

function clausesOfItem(item: Expectation[number], subject: Subject, own: readonly Policy[]): readonly Clause[] {
	switch (item.kind) {
		case 'policy':
			return clausesOfPolicy(item.name, subject, own, []);
		case 'rule':
			return clausesOfRule(item, subject, item.source);
		case 'words':
			return rulesOfWords(item.words).flatMap(use => clausesOfRule(use, subject, item.source));
		default:
			return item satisfies never;
	}
}

function clausesOfPolicy(name: string, subject: Subject, own: readonly Policy[], within: readonly string[]): readonly Clause[] {
	const policy = policyNamed(name, own);
	if (policy === undefined || within.includes(name)) {
		throw new TypeError(policy === undefined ? `no policy ${name}` : `the policy ${name} extends itself`);
	}

	return [
		...(policy.extends ?? []).flatMap(base => clausesOfPolicy(base, subject, own, [...within, name])),
		// What a policy states in bare words is its own: it knows where it has it from.
		...policy.rules.flatMap(use => clausesOfRule(use, subject, isBare(use) ? policy.source : undefined)),
	];
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
