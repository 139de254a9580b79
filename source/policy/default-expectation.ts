import type {VersionName} from '../iana/versions.js';
import type {VersionFinding} from '../probes/versions/finding.js';

export type EndpointVerdict = 'pass' | 'fail' | 'inconclusive';

/** One thing that was expected, and whether it holds. */
export type Judgement = {
	readonly status: EndpointVerdict;
	readonly versions: readonly VersionName[];
	readonly wanted: 'rejected' | 'accepted';
};

type Finding = Pick<VersionFinding, 'status'> | undefined;
type Statuses = {readonly [Name in VersionName]?: Finding};

const old: readonly VersionName[] = ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1'];
const current: readonly VersionName[] = ['TLSv1.2', 'TLSv1.3'];

/**
The expectation that holds where nobody stated one: of the versions asked, SSL 2, SSL 3, TLS 1.0 and 1.1 are rejected (RFC 8996,
RFC 7568, RFC 6176), and TLS 1.2 or 1.3 is accepted.

@returns One judgement per old version that was asked, and one for the current ones.
*/
export function judgeByDefault(statuses: Statuses): readonly Judgement[] {
	const judgements: Judgement[] = [];
	for (const name of old) {
		const status = verdictOfOld(statuses[name]);
		if (status !== undefined) {
			judgements.push({status, versions: [name], wanted: 'rejected'});
		}
	}

	const status = verdictOfCurrent(statuses);
	if (status !== undefined) {
		judgements.push({status, versions: current.filter(name => statuses[name] !== undefined), wanted: 'accepted'});
	}

	return judgements;
}

/** What these judgements come to: all that most of a list is asked about. */
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
