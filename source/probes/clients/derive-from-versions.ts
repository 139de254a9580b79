import type {ClientProfile} from '../../clients/client-profile.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import {versions} from '../../iana/versions.js';
import {applicationLayerProtocolNegotiation} from '../../wire/extensions/index.js';
import type {VersionFinding} from '../versions/finding.js';
import type {ClientFinding} from './client-finding.js';
import {isUnfit} from './unfit-version.js';

/** What is known of a server's versions, by their codes. */
export type KnownVersions = ReadonlyMap<number, VersionFinding>;

/**
Whether the answer to a client's hello may follow from the answers to each of its versions. A server can choose another certificate, or another
backend, by the server name and by the application protocol. The hello format of SSL 2 is another message.
*/
export const isDerivable = ({layout, extensions}: HelloSpec, serverName: string | undefined): boolean =>
	layout?.format === 'tls' &&
	extensions?.serverName === serverName &&
	!(layout.extensions ?? []).some(({type}) => type === applicationLayerProtocolNegotiation.type);

/**
A client whose versions are all refused does not connect, whatever else its hello says. That a client connects never follows: a server may
refuse a hello for its size, its extensions or their order.

@returns Undefined if that is not certain, so that the client has to be asked: a version was not refused by an alert, the alert for the newest was
   not protocol_version, or no version is accepted.
*/
export function deriveFromVersions({name, versions: offered}: ClientProfile, known: KnownVersions): ClientFinding | undefined {
	const codes = offered.map(version => versions.code(version));
	const findings = codes.map(code => known.get(code));
	const refused = findings.flatMap(finding => (isRefusedByAlert(finding) ? [finding] : []));
	const newest = refused.at(-1);
	const isAnyAccepted = [...known.values()].some(({status}) => status === 'accepted');
	// If the server has a version but no suite of it fits the certificate, the version is not what is missing.
	const isOther = codes.some(code => isUnfit(code, known)) || newest === undefined || descriptionOf(newest) !== protocolVersion;
	if (isOther || refused.length < findings.length || !isAnyAccepted) {
		return undefined;
	}

	const derivedFrom = offered.map((version, index) => ({version, attempt: refused[index]!.attempt}));
	return {name, connects: 'no', outcome: newest.outcome, attempt: newest.attempt, missing: ['version'], derivedFrom};
}

const isRefusedByAlert = (finding: VersionFinding | undefined): finding is VersionFinding =>
	finding?.status === 'rejected' && finding.outcome.kind === 'alert';

const descriptionOf = ({outcome}: VersionFinding): number | undefined => (outcome.kind === 'alert' ? outcome.description : undefined);

const protocolVersion = 70;
