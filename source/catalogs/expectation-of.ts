import {defaultVersions, parseVersion} from '../iana/versions.js';
import {clausesOf, type Expectation} from '../policy/expectation.js';
import type {Clause, Subject} from '../policy/rule.js';
import {spellOutMinimum} from '../policy/words.js';
import type {CatalogEntry} from './catalog.js';

/**
What is expected of one host of an entry, with the entry's document as the source.

@returns Undefined where the entry states nothing: then the same is expected as of any host.
*/
export function expectationOf(entry: CatalogEntry, subject: Subject): readonly Clause[] | undefined {
	const expectation = entry.expect ?? ofMinimum(entry.minimum);
	return expectation && clausesOf(expectation, subject).map(clause => documented(clause, entry));
}

/**
A rule that is no more than its words does not know of whom it speaks, nor who says so; what a policy states does. What a service documents
is judged by its answer, where it was asked.
*/
function documented(clause: Clause, {service, since, source}: CatalogEntry): Clause {
	if (clause.ruleId.startsWith('azure-')) {
		return {...clause, source: {name: source}};
	}

	if (clause.field !== undefined) {
		return clause;
	}

	const title = `${clause.title}, as is documented of ${service}${since === undefined ? '' : ` since ${since}`}`;
	return bareRules.has(clause.ruleId) ? {...clause, title, source: {name: source}, basis: 'service'} : clause;
}

const bareRules: ReadonlySet<string> = new Set(['rejects', 'accepts', 'accepts-any', 'minimum']);

/** SSL 2 and 3 are left out: they are not asked for unless requested. */
function ofMinimum(text: string | undefined): Expectation | undefined {
	const minimum = text === undefined ? undefined : parseVersion(text);
	if (minimum === undefined) {
		return undefined;
	}

	const {rejects, acceptsAny} = spellOutMinimum(minimum);
	return [{kind: 'words', words: {rejects: rejects.filter(name => defaultVersions.includes(name)), acceptsAny}}];
}
