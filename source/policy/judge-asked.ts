import type {VersionName} from '../iana/versions.js';
import {evaluate, type RuleJudgement, type Statuses} from './evaluate.js';
import {clausesOf} from './expectation.js';
import type {Clause, VersionClause} from './rule.js';
import {spellOutMinimum} from './words.js';

let byDefault: readonly Clause[] | undefined;

/** What each rule of the policy `default` comes to. `verdictByDefault` is the verdict that follows. */
export function judgeByDefault(statuses: Statuses): readonly RuleJudgement[] {
	// Its rules are the same for every host and every day.
	byDefault ??= clausesOf([{kind: 'policy', name: 'default'}], {host: '', today: ''});
	return evaluate({versions: statuses}, ofAsked(byDefault, statuses));
}

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
