import type {VersionFinding} from '../probes/ladder/finding.js';
import type {VersionName} from '../registry/versions.js';

export type EndpointVerdict = 'pass' | 'fail' | 'inconclusive';

/** One thing that was expected, and whether it holds. */
export type Judgement = {
	readonly status: EndpointVerdict;
	readonly versions: readonly VersionName[];
	readonly wanted: 'rejected' | 'accepted';
};

type Statuses = {readonly [Name in VersionName]?: Pick<VersionFinding, 'status'> | undefined};

const old: readonly VersionName[] = ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1'];
const current: readonly VersionName[] = ['TLSv1.2', 'TLSv1.3'];

const oldVersionVerdict = {rejected: 'pass', accepted: 'fail', inconclusive: 'inconclusive'} as const;

/**
The expectation that holds where nobody stated one: of the versions asked, SSL 2, SSL 3, TLS 1.0 and 1.1 are rejected (RFC 8996,
RFC 7568, RFC 6176), and TLS 1.2 or 1.3 is accepted.

@returns One judgement per old version that was asked, and one for the current ones.
*/
export function judgeByDefault(statuses: Statuses): readonly Judgement[] {
	const judgements: Judgement[] = [];
	for (const name of old) {
		const status = statuses[name]?.status;
		if (status !== undefined) {
			judgements.push({status: oldVersionVerdict[status], versions: [name], wanted: 'rejected'});
		}
	}

	const asked = current.filter(name => statuses[name] !== undefined);
	if (asked.length > 0) {
		const found = asked.map(name => statuses[name]!.status);
		const status = found.includes('accepted') ? 'pass' : found.includes('inconclusive') ? 'inconclusive' : 'fail';
		judgements.push({status, versions: asked, wanted: 'accepted'});
	}

	return judgements;
}

const badness: readonly EndpointVerdict[] = ['pass', 'inconclusive', 'fail'];

/** The worst of several verdicts; of none, nothing is known. */
export function worstVerdict(verdicts: readonly EndpointVerdict[]): EndpointVerdict {
	return verdicts.length === 0 ? 'inconclusive' : badness[Math.max(...verdicts.map(verdict => badness.indexOf(verdict)))]!;
}
