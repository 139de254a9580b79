import type {VersionName} from '../iana/versions.js';
import {evaluate, type RuleJudgement, type Statuses} from './evaluate.js';
import defaultPolicy, {defaultRules} from './policies/default.js';
import {type Clause, clauseOf, type VersionClause} from './rule.js';
import acceptsAny from './rules/accepts-any.js';
import {spellOutMinimum} from './words.js';

/** What `clausesOf` makes of the policy `default`, the same for every host and every day. Loads no other rule. */
export const defaultClauses: readonly Clause[] = defaultRules.flatMap(rule => {
	const clause = clauseOf(rule, {}, {host: '', today: ''});
	return clause === undefined ? [] : [rule === acceptsAny ? {...clause, source: defaultPolicy.source} : clause];
});

/** How each rule of the policy `default` is judged. `verdictByDefault` is the verdict that follows. */
export const judgeByDefault = (statuses: Statuses): readonly RuleJudgement[] =>
	evaluate({versions: statuses}, ofAsked(defaultClauses, statuses));

/** What clauses demand of the versions that were asked for: nothing is expected of others, and a clause about those alone is left out. */
export const ofAsked = (clauses: readonly Clause[], statuses: Statuses): readonly Clause[] =>
	clauses.flatMap((clause): readonly Clause[] => {
		if (clause.field !== undefined) {
			return [clause];
		}

		const words = wordsOfAsked(clause, statuses);
		return Object.values(words).some(Boolean) ? [{...clause, words}] : [];
	});

function wordsOfAsked(
	{words: {rejects = [], accepts, acceptsAny = [], minimum}}: VersionClause,
	statuses: Statuses,
): VersionClause['words'] {
	const asked = (names: readonly VersionName[] | undefined) => {
		const left = names?.filter(name => statuses[name] !== undefined) ?? [];
		return left.length === 0 ? undefined : left;
	};
	const lowest = minimum === undefined ? undefined : spellOutMinimum(minimum);
	return {
		rejects: asked([...rejects, ...(lowest?.rejects ?? [])]),
		accepts: asked(accepts),
		acceptsAny: asked([...acceptsAny, ...(lowest?.acceptsAny ?? [])]),
	};
}
