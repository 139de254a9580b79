import type {VersionName} from '../../iana/versions.js';
import type {DhFinding} from './dh-parameters.js';
import type {AllGroupsFinding} from './finding.js';
import {type GroupFacts, groupFacts} from './group-facts.js';
import type {Order} from './order.js';

/** What is reported of the groups of one version. */
export type VersionGroupsReport = {
	/** In the server's order of preference where it has one. */
	readonly accepted: readonly GroupFacts[];
	/** Names of those that are neither accepted nor refused. */
	readonly undecided: readonly string[];
	readonly preference: Order;
	/** How many were made for it, beside those of other probes. */
	readonly connections: number;
	/** Before TLS 1.3, where a suite with DHE is accepted; empty where one may be, and no parameters were read. */
	readonly dhParameters?: readonly DhFinding[] | undefined;
};

/** By the versions that are accepted, oldest first. */
export type GroupsReport = {readonly [Name in VersionName]?: VersionGroupsReport};

export const describeGroups = (findings: AllGroupsFinding): GroupsReport =>
	Object.fromEntries(
		Object.entries(findings).map(([name, {accepted, undecided, preference, connections, dhParameters}]) => [
			name,
			{
				accepted: accepted.map(groupFacts),
				undecided: undecided.map(code => groupFacts(code).name),
				preference,
				connections,
				...(dhParameters === undefined ? {} : {dhParameters}),
			},
		]),
	);

/** The versions of a report with what was found in each, oldest first. */
export const versionsIn = (report: GroupsReport): readonly (readonly [VersionName, VersionGroupsReport])[] =>
	Object.entries(report) as [VersionName, VersionGroupsReport][];

/** What is weak about DH parameters; undefined where nothing is. */
export function dhWeakness({bits, isSafePrime, isReused}: DhFinding): string | undefined {
	if (bits < 1024) {
		return 'below 1024 bits (Logjam, CVE-2015-4000)';
	}

	if (bits < 2048) {
		return 'below 2048 bits (RFC 7525, 2015)';
	}

	return isSafePrime === false ? 'not a safe prime (RFC 7919, 2016)' : isReused === true ? 'key reused (RFC 9325, 2022)' : undefined;
}
