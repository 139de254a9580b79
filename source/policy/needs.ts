import type {VersionName} from '../iana/versions.js';
import {type Clause, wordsOf} from './rule.js';
import {versionsIn} from './words.js';

/** What has to be asked for clauses to be decided. */
export type Needs = {
	/** Oldest first. */
	readonly versions: readonly VersionName[];
	/** Whether some clauses are about what the service answers after the handshake. */
	readonly service: boolean;
};

export const needsOf = (clauses: readonly Clause[]): Needs => ({
	versions: versionsIn(wordsOf(clauses)),
	service: clauses.some(clause => clause.field === undefined && clause.basis === 'service'),
});
