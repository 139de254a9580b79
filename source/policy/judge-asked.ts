import type {VersionName} from '../iana/versions.js';
import {evaluate, type RuleJudgement, type Statuses} from './evaluate.js';
import {clausesOf} from './expectation.js';
import type {Clause} from './rule.js';
import {spellOutMinimum} from './words.js';

/** Judge what was asked for: nothing is expected of other versions, and a clause about those alone is left out. */
export const judgeAsked = (statuses: Statuses, expectation: readonly Clause[]): readonly RuleJudgement[] =>
	evaluate(
		statuses,
		expectation.flatMap(clause => ofAsked(clause, statuses)),
	);

let byDefault: readonly Clause[] | undefined;

/** What each rule of the policy `default` comes to. `verdictByDefault` is the verdict that follows. */
export function judgeByDefault(statuses: Statuses): readonly RuleJudgement[] {
	// Its rules are the same for every host and every day.
	byDefault ??= clausesOf([{kind: 'policy', name: 'default'}], {host: '', today: ''});
	return judgeAsked(statuses, byDefault);
}

function ofAsked(clause: Clause, statuses: Statuses): readonly Clause[] {
	const asked = (names: readonly VersionName[] | undefined) => {
		const left = names?.filter(name => statuses[name] !== undefined) ?? [];
		return left.length === 0 ? undefined : left;
	};
	const {rejects = [], accepts, acceptsAny = [], minimum} = clause.words;
	const lowest = minimum === undefined ? undefined : spellOutMinimum(minimum);
	const words = {
		rejects: asked([...rejects, ...(lowest?.rejects ?? [])]),
		accepts: asked(accepts),
		acceptsAny: asked([...acceptsAny, ...(lowest?.acceptsAny ?? [])]),
	};
	return Object.values(words).some(Boolean) ? [{...clause, words}] : [];
}
