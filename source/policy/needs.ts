import type {VersionName} from '../iana/versions.js';
import {probes as allProbes} from '../probes/index.js';
import type {AnyProbe} from '../probes/probe.js';
import {type Clause, wordsOf} from './rule.js';
import {versionsIn} from './words.js';

/** What has to be asked for clauses to be decided. */
export type Needs = {
	/** Oldest first. */
	readonly versions: readonly VersionName[];
	/** Whether some clauses are about what the service answers after the handshake. */
	readonly service: boolean;
	/** The names of probes whose part of a report some clauses are about. */
	readonly probes: readonly string[];
};

/** @param probes - Those that there are. */
export function needsOf(clauses: readonly Clause[], probes: readonly AnyProbe[] = allProbes): Needs {
	const fields = new Set(clauses.map(({field}) => field));
	return {
		versions: versionsIn(wordsOf(clauses)),
		service: clauses.some(clause => clause.field === undefined && clause.basis === 'service'),
		probes: probes.filter(({report}) => report !== undefined && fields.has(report.field)).map(({name}) => name),
	};
}
