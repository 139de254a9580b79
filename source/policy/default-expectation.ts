import {isOld, type VersionName, versionNames} from '../iana/versions.js';

export type EndpointVerdict = 'pass' | 'fail' | 'inconclusive';

type Finding = {readonly status: 'accepted' | 'rejected' | 'inconclusive'} | undefined;
type Statuses = {readonly [Name in VersionName]?: Finding};

const old = versionNames.filter(isOld);
const current = versionNames.filter(name => !isOld(name));

/**
What the rules of the policy `default` come to for the versions that were asked for: SSL 2, SSL 3, TLS 1.0 and 1.1 are rejected, and TLS 1.2 or
1.3 is accepted. Most of a list is judged by this alone, so it is those rules by hand, which allocate nothing. A test holds both equal for every
combination of statuses.
*/
export function verdictByDefault(statuses: Statuses): EndpointVerdict {
	let verdict = verdictOfCurrent(statuses);
	for (const name of old) {
		verdict = worse(verdict, verdictOfOld(statuses[name]));
	}

	return verdict ?? 'inconclusive';
}

const oldVersionVerdict = {rejected: 'pass', accepted: 'fail', inconclusive: 'inconclusive'} as const;

const verdictOfOld = (finding: Finding): EndpointVerdict | undefined => finding && oldVersionVerdict[finding.status];

/** Undefined where none was asked. */
function verdictOfCurrent(statuses: Statuses): EndpointVerdict | undefined {
	let verdict: EndpointVerdict | undefined;
	for (const name of current) {
		const status = statuses[name]?.status;
		if (status === 'accepted') {
			return 'pass';
		}

		if (status !== undefined && verdict !== 'inconclusive') {
			verdict = status === 'inconclusive' ? 'inconclusive' : 'fail';
		}
	}

	return verdict;
}

const badness: Readonly<Record<EndpointVerdict, number>> = {pass: 0, inconclusive: 1, fail: 2};

/** The worst of several verdicts; of none, nothing is known. */
export const worstVerdict = (verdicts: readonly EndpointVerdict[]): EndpointVerdict =>
	verdicts.reduce<EndpointVerdict | undefined>(worse, undefined) ?? 'inconclusive';

function worse(one: EndpointVerdict | undefined, other: EndpointVerdict | undefined): EndpointVerdict | undefined {
	return one === undefined || (other !== undefined && badness[other] > badness[one]) ? other : one;
}
