import type {Ending, ServiceAnswer} from '../exchange/completing/completion.js';
import type {Anomaly, Cut, LooksLike, Outcome, UnreachableStage} from '../exchange/outcome.js';
import type {VersionName} from '../iana/versions.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import type {RuleJudgement} from '../policy/evaluate.js';
import type {Because, ServiceVerdict} from '../probes/confirm/confirm-finding.js';
import type {KnownCause} from '../probes/confirm/known-cause.js';
import type {Reason, Status} from '../probes/versions/finding.js';
import type {LargeHello} from '../probes/versions/version-state.js';
import type {RefusalKind} from '../transport/dialogue.js';
import type {ProxyProtocol} from '../transport/proxy-protocol.js';
import type {Overrides} from './overrides.js';
import type {Attempt} from './run-probe.js';
import type {Scan} from './scan.js';

/** What is reported of one version. Names instead of codes, so that it reads without a registry. */
export type VersionReport = {
	readonly status: Status;
	readonly reason: Reason;
	/** The name of the alert, where `reason` is `alert`. */
	readonly alert?: string | undefined;
	readonly alertLevel?: 'warning' | 'fatal' | undefined;
	/** What the server selected instead, where `reason` is `other-version`. */
	readonly selectedVersion?: string | undefined;
	readonly cipherSuite?: string | undefined;
	readonly group?: string | undefined;
	/** What ALPN selected of those that were asked for. In TLS 1.3 only a whole handshake shows it. */
	readonly applicationProtocol?: string | undefined;
	/** A higher version that the server's random says it could have spoken. RFC 9846 §4.2.3. */
	readonly downgradeSentinel?: string | undefined;
	readonly anomalies?: readonly Anomaly[] | undefined;
	/** What a port that does not speak TLS looks like. */
	readonly looksLike?: LooksLike | undefined;
	/** Which field of the answer did not decode, and why. */
	readonly problem?: string | undefined;
	/** The system's code for a connection that could not be made. */
	readonly code?: string | undefined;
	/** Where on the way it could not be made, where that is not the connection itself. */
	readonly stage?: UnreachableStage | undefined;
	/** What a proxy or a STARTTLS server said. */
	readonly words?: string | undefined;
	/** What a refusal to begin TLS is known to be about. */
	readonly refusal?: RefusalKind | undefined;
	/** What cut the asking short, where `reason` is `unasked` or `unanswered`. */
	readonly because?: Cut | undefined;
	readonly acceptedWithoutServerName?: true | undefined;
	/** How many connections with the same hello were answered how, where there were several for that. */
	readonly samples?: {readonly accepted: number; readonly rejected: number; readonly inconclusive?: number | undefined} | undefined;
	/** A hello of so many bytes got no answer, though the same hello without padding is accepted. */
	readonly largeHello?: LargeHello | undefined;
	/** On so many connections for this version STARTTLS was refused, while it was not on others to this address. */
	readonly startTlsRefusals?: number | undefined;
	/** What comes behind the handshake, where that was asked for. */
	readonly confirmed?: ConfirmedReport | undefined;
	/** Of the attempt that decided. */
	readonly durationMs: number;
	/** The shape of the hello that decided. */
	readonly shape: string;
	/** How many connections were made for this version. */
	readonly attempts: number;
	readonly evidence?: readonly Evidence[] | undefined;
};

/** One connection, byte for byte. */
export type Evidence = {
	readonly shape: string;
	/** The version that was asked for: another one than this report's where it served as a control. */
	readonly version: string;
	readonly outcome: Outcome['kind'];
	readonly durationMs: number;
	/** Whether the status rests on it. */
	readonly decided: boolean;
	readonly sent: string;
	/** Hexadecimal; at most 64 KiB are ever read. */
	readonly received: string;
};

export type VersionReports = {readonly [Name in VersionName]?: VersionReport};

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

/** What a certificate is told by. */
export type ChainedCertificate = {
	/** Of its DER, in hexadecimal. */
	readonly sha256: string;
	readonly subject: string;
	readonly issuer: string;
	/** ISO 8601, UTC; left out where it cannot be read. */
	readonly validFrom?: string | undefined;
	readonly validTo?: string | undefined;
};

/** The server's own certificate. Whether somebody trusts it is not looked at. */
export type CertificateReport = ChainedCertificate & {
	/** The names and addresses that it is for, as far as there are not too many. */
	readonly names?: readonly string[] | undefined;
	/** How many more names it has. */
	readonly moreNames?: number | undefined;
	/** When it was seen. */
	readonly validity?: 'valid' | 'expired' | 'not-yet-valid' | undefined;
	readonly selfSigned?: boolean | undefined;
	/** The name or the address that was asked for. */
	readonly askedFor?: string | undefined;
	/** Whether it is for that. */
	readonly fits?: boolean | undefined;
	/** What the server sent with it, each signed by the next. */
	readonly chain?: readonly ChainedCertificate[] | undefined;
};

/** Who answered for a well-known public name, where the certificate says that it was not the service. */
export type Inspection = {
	/** The product that inspects TLS; null where it is not known, and no public root certifies the certificate. */
	readonly product: string | null;
	readonly confidence: 'high' | 'medium';
	/** Of the server's own certificate. */
	readonly issuer: string;
};

/** What came back to a request behind a handshake, or instead of it. Every text is the server's. */
export type AnswerReport = {
	readonly kind: ServiceAnswer['kind'];
	/** Of HTTP. */
	readonly status?: number | undefined;
	/** The reason phrase of HTTP. */
	readonly reason?: string | undefined;
	/** The service's own code of an error. */
	readonly code?: string | undefined;
	/** What the text of an error says of versions of TLS. */
	readonly words?: string | undefined;
	readonly upgrade?: string | undefined;
	readonly server?: string | undefined;
	/** What speaks there, where that is not HTTP. */
	readonly looksLike?: string | undefined;
	readonly alert?: string | undefined;
	/** Why an answer could not be read. */
	readonly problem?: string | undefined;
	/** What cut the wait for it short. */
	readonly because?: Cut | undefined;
};

/** Why a handshake was not completed. */
export type HandshakeFailure = {
	/** `own-stack` is an error of the library here, which is no refusal by the server. */
	readonly kind: Ending['kind'] | Outcome['kind'];
	readonly alert?: string | undefined;
	/** The library's or the system's. */
	readonly code?: string | undefined;
	/** What a proxy or a STARTTLS server said. */
	readonly words?: string | undefined;
	readonly problem?: string | undefined;
	/** What cut it short. */
	readonly because?: Cut | undefined;
	/** Where it is known why one stack is accepted and the other is not. */
	readonly cause?: KnownCause | undefined;
};

/** What comes behind an accepted handshake, by a second stack. */
export type ConfirmedReport = {
	/** `failed` is a disagreement: one stack was accepted, and the other was not. */
	readonly handshake: 'completed' | 'failed' | 'not-spoken' | 'not-reached';
	readonly verdict: ServiceVerdict;
	/** What a refusal rests on. */
	readonly because?: Because | undefined;
	/** That the second stack was given. */
	readonly cipherSuite?: string | undefined;
	/** What ALPN selected. */
	readonly applicationProtocol?: string | undefined;
	readonly failure?: HandshakeFailure | undefined;
	/** Whether it was seen to ask for a certificate of the client. */
	readonly wantsClientCertificate?: true | undefined;
	readonly answer?: AnswerReport | undefined;
	/** What a newer version gets to the same request, where that is not the same. */
	readonly differsFrom?: {readonly version: VersionName; readonly answer: AnswerReport} | undefined;
	/** Where it is another one than the report's. */
	readonly certificate?: CertificateReport | undefined;
	readonly durationMs: number;
	/** How many connections were made. */
	readonly attempts: number;
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
	tells nobody what it found.
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
	readonly versions: VersionReports;
	readonly verdict: EndpointVerdict;
	/** Whose mail the host takes; without a preference where the domain has no MX record and is the host itself. */
	readonly mx?: {readonly domain: string; readonly preference?: number | undefined} | undefined;
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
	/** What each expectation comes to, where some were stated: `verdict` follows from them. */
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

/** A report, or a part of one, on its way: fields are added in the order of the format, which is faster than joining parts. */
export type Draft<Value> = {-readonly [Field in keyof Value]?: Value[Field]};
