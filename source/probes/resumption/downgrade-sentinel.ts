import {tlsNewestFirst} from '../../iana/versions.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {ResumptionFinding} from './resumption-finding.js';

/**
Whether the ServerHello of the second newest accepted version has the sentinel. RFC 9846 §4.2.3 requires it of servers of TLS 1.3, and recommends it to
those of TLS 1.2.
*/
export function findSentinel(findings: VersionsFinding): ResumptionFinding['downgradeSentinel'] {
	const accepted = tlsNewestFirst.filter(name => findings[name]?.status === 'accepted');
	const isKnown = tlsNewestFirst.every(name => findings[name]?.status === 'accepted' || findings[name]?.status === 'rejected');
	const [newest, older] = accepted;
	if (newest === undefined || older === undefined) {
		return {status: isKnown ? 'not-applicable' : 'inconclusive'};
	}

	// A newer version may be accepted too.
	const isNewest = tlsNewestFirst.slice(0, tlsNewestFirst.indexOf(newest)).every(name => findings[name]?.status === 'rejected');
	const {outcome} = findings[older]!;
	if (outcome.kind !== 'server-hello') {
		return {status: 'inconclusive', version: older};
	}

	const status = outcome.downgradeSentinel !== undefined ? 'present' : isNewest ? 'absent' : 'inconclusive';
	return {status, version: older};
}
