import {isoDay} from '../../engine/clock.js';
import {clausesOf} from '../../policy/expectation.js';
import {type Needs, needsOf} from '../../policy/needs.js';
import {policies} from '../../policy/policies/index.js';
import type {Clause} from '../../policy/rule.js';
import {readWords} from './read-words.js';

/** What `--policy` says: what is expected of a host, and what has to be asked for that. */
export type PolicyChoice = {
	/** @param host - The name that the host is asked for. */
	readonly clausesFor: (host: string) => readonly Clause[];
	/** For any host. */
	readonly needs: Needs;
	/** Each once. */
	readonly names: readonly string[];
};

/** @throws {UsageError} For a policy that does not exist. */
export function readPolicies(texts: readonly string[]): PolicyChoice {
	const words = policies.map(({name}) => name);
	const names = [...new Set(readWords('--policy', texts, words))];
	const expectation = names.map(name => ({kind: 'policy', name}) as const);
	const today = isoDay(Date.now());
	const clausesFor = (host: string): readonly Clause[] => clausesOf(expectation, {host, today});
	// Of a host that no rule knows, all that the rules may demand is demanded.
	return {clausesFor, needs: needsOf(clausesFor('')), names};
}
