import type {VersionName} from '../iana/versions.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import type {RuleJudgement} from '../policy/evaluate.js';
import type {Attempt} from '../probes/attempt.js';
import type {CertificateReport} from '../probes/certificate/certificate-report.js';
import type {Skipped} from '../probes/skipped.js';
import type {VersionReports} from '../probes/versions/version-report.js';
import type {ProxyProtocol} from '../transport/proxy-protocol.js';
import type {Asked} from './asked.js';
import type {Overrides} from './overrides.js';
import type {Scan} from './scan.js';

export type {CertificateReport, ChainedCertificate} from '../probes/certificate/certificate-report.js';
export type {AnswerReport, ConfirmedReport, HandshakeFailure} from '../probes/confirm/confirmed-report.js';
export type {Evidence} from '../probes/evidence.js';
export type {VersionReport, VersionReports} from '../probes/versions/version-report.js';

/** Why a target, or an address of it, has no versions at all. */
export type TargetReason =
	| 'invalid-target'
	| 'name-not-found'
	| 'name-lookup-failed'
	| 'blocked-by-dns'
	| 'no-mail-server'
	| 'unreachable'
	| 'cancelled'
	| 'not-reached';

/** Who answered for a well-known public name, where the certificate says that it was not the service. */
export type Inspection = {
	/** The product that inspects TLS; null where it is not known, and no public root certifies the certificate. */
	readonly product: string | null;
	readonly confidence: 'high' | 'medium';
	/** Of the server's own certificate. */
	readonly issuer: string;
};

/** What differs through a proxy. Another certificate and other choices are the marks of one that ends TLS itself to inspect it. */
export type Difference = 'versions' | 'cipher-suite' | 'group' | 'server-hello' | 'refusal' | 'certificate';

/** A target as it is seen without the proxy. */
export type DirectReport = {
	readonly address: string | null;
	readonly versions: VersionReports;
	readonly certificate?: CertificateReport | undefined;
	/** Versions that are accepted one way and rejected the other. */
	readonly changed: readonly VersionName[];
	readonly differences: readonly Difference[];
	readonly reason?: TargetReason | undefined;
	readonly problem?: string | undefined;
};

/** What is known of one address of one target. Plain data. */
export type Report = {
	/** `host:port`. */
	readonly target: string;
	readonly host: string;
	readonly port: number;
	/**
	Null where the target has none, and then there is a `reason`; and where the target's name was given to `proxy`, which looks it up and
	does not report the address.
	*/
	readonly address: string | null;
	/** What SNI asked for; null where it was not sent. */
	readonly serverName: string | null;
	/** The proxy it was probed through, without its password. What the proxy itself says is `proxy-refused`, never an answer of the target. */
	readonly proxy?: string | undefined;
	/** The protocol that went over to TLS. */
	readonly starttls?: string | undefined;
	/** Which version of the PROXY protocol's header went in front. */
	readonly proxyProtocol?: ProxyProtocol | undefined;
	/** Which application protocols were offered, where that was asked for. */
	readonly alpn?: readonly string[] | undefined;
	/** What was asked, where that is more than the versions as often as is usual. */
	readonly asked?: Asked | undefined;
	readonly versions: VersionReports;
	/** Probes whose part is not there, and why. */
	readonly skippedProbes?: readonly Skipped[] | undefined;
	readonly verdict: EndpointVerdict;
	/** Whose mail the host takes; without a preference where the domain has no MX record and is the host itself. */
	readonly mx?: {readonly domain: string; readonly preference?: number | undefined} | undefined;
	/** The label of the worker that probed it, where several were asked. */
	readonly from?: string | undefined;
	/** Where there are no versions to look at. */
	readonly reason?: TargetReason | undefined;
	/** Words for a person that go with `reason`. */
	readonly problem?: string | undefined;
	/** What answers where no server name is sent, where that was asked for. */
	readonly withoutServerName?: {readonly versions: VersionReports; readonly changed: readonly VersionName[]} | undefined;
	/** Where it was read. */
	readonly certificate?: CertificateReport | undefined;
	/** Where something on the way answered instead of a well-known public service. */
	readonly inspection?: Inspection | undefined;
	/** What is seen without the proxy, where that was asked for. */
	readonly direct?: DirectReport | undefined;
	/** How many addresses, and so lines, the target has, where that is more than one. */
	readonly addressCount?: number | undefined;
	/** Which of everything listed it is, from 0. */
	readonly position?: number | undefined;
	/** What the list said of this target alone. */
	readonly given?: Overrides | undefined;
	/** The other columns of the list. */
	readonly columns?: Readonly<Record<string, string>> | undefined;
	/** Where the list has it, for a target that means nothing. */
	readonly source?: {readonly file: string; readonly line: number} | undefined;
	/** What the one who expects something of it calls it. */
	readonly name?: string | undefined;
	/** How each expectation is judged, if some were stated: `verdict` follows from them. */
	readonly judgements?: readonly RuleJudgement[] | undefined;
	/** ISO 8601, UTC. */
	readonly startedAt: string;
	readonly durationMs: number;
	readonly toolVersion: string;
};

/** Everything that was said to one address, for those who record it. Not part of a report. */
export type Recording = {
	readonly report: Report;
	readonly attempts: readonly Attempt[];
	/** What was learnt and by which attempts: with the server name and, where that was asked for, without. None without an address, or where nothing is recorded. */
	readonly scans?: readonly Scan[] | undefined;
};
