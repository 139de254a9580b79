import type {VersionFinding} from '../versions/finding.js';

const [handshakeFailure, protocolVersion] = [40, 70];

const tls12 = 0x03_03;

/**
Whether a server has TLS 1.2, but no cipher suite for it that fits its certificate: it refuses every hello for it with handshake_failure,
though it says protocol_version to versions that it does not have. Before TLS 1.2 a level of security has the same effect.

RFC 5246 §7.2.2: handshake_failure is for "an acceptable set of security parameters", protocol_version for the version.
*/
export function isUnfit(version: number, known: ReadonlyMap<number, VersionFinding>): boolean {
	const finding = known.get(version);
	return (
		version === tls12 &&
		finding !== undefined &&
		finding.status !== 'accepted' &&
		isAlert(finding, handshakeFailure) &&
		[...known].some(([other, item]) => other !== version && isAlert(item, protocolVersion))
	);
}

const isAlert = ({outcome}: VersionFinding, description: number): boolean =>
	outcome.kind === 'alert' && outcome.description === description;
