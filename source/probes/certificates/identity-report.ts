import type {ChainedCertificate} from '../certificate/certificate-report.js';

/** In which handshakes an identity was shown. */
export type Seen = {
	readonly version: string;
	/** By its key: `RSA`, `RSA-PSS`, `ECDSA`, `Ed25519`, `Ed448`, `DSA`, `ML-DSA`; `unknown` where the certificate cannot be read. */
	readonly authentication: string;
	/** What SNI asked for; null where no name was sent. */
	readonly serverName: string | null;
};

/** What was asked for and not settled. */
export type Undecided = {
	readonly version: string;
	/** The kinds that were offered. */
	readonly authentications: readonly string[];
	readonly serverName: string | null;
	/** How the connection ended, such as `silent`; `no-certificate`, or `not-offered` where the server selected a suite that was not offered. */
	readonly reason: string;
};

export type KeyReport = {readonly type: string; readonly bits?: number | undefined; readonly curve?: string | undefined};

/** The server's certificate. What cannot be read is left out. */
export type LeafReport = ChainedCertificate & {
	readonly names?: readonly string[] | undefined;
	readonly moreNames?: number | undefined;
	readonly validity?: 'valid' | 'expired' | 'not-yet-valid' | undefined;
	/** Whole days until `validTo`; negative behind it. */
	readonly daysLeft?: number | undefined;
	readonly selfSigned?: boolean | undefined;
	readonly askedFor?: string | undefined;
	readonly fits?: boolean | undefined;
	readonly key?: KeyReport | undefined;
	readonly signatureAlgorithm?: string | undefined;
	readonly serialNumber?: string | undefined;
	readonly spkiSha256?: string | undefined;
	readonly extendedKeyUsage?: readonly string[] | undefined;
	readonly ocspUrls?: readonly string[] | undefined;
	readonly caIssuersUrls?: readonly string[] | undefined;
	readonly crlUrls?: readonly string[] | undefined;
	readonly mustStaple?: boolean | undefined;
	readonly policies?: readonly string[] | undefined;
};

/** What was sent behind it, in that order. */
export type ChainEntry = ChainedCertificate & {
	readonly role: 'issuer' | 'root' | 'unrelated' | 'duplicate' | 'unreadable';
	readonly key?: KeyReport | undefined;
	readonly signatureAlgorithm?: string | undefined;
};

/** What one store says. */
export type StoreTrust = {
	readonly store: 'mozilla' | 'system' | 'ca';
	readonly status: 'trusted' | 'untrusted' | 'undecided';
	/** Why it is not trusted, or not decided. */
	readonly reason?: string | undefined;
};

/** That of the first store that trusts it; where none does, of the first in the order `ca`, `mozilla`, `system`. */
export type TrustReport = StoreTrust & {
	/** The server's certificate first, the root last: the trusted path, or the one that came closest. */
	readonly path: readonly {readonly sha256: string; readonly subject: string; readonly from: 'sent' | 'store'}[];
	readonly stores: readonly StoreTrust[];
};

/** Who signed an OCSP response, and the times of a response or of a list of revoked certificates. */
export type StatusReport = {
	readonly responder?: string | undefined;
	/** ISO 8601, UTC. */
	readonly thisUpdate?: string | undefined;
	readonly nextUpdate?: string | undefined;
	readonly revokedAt?: string | undefined;
};

export type StaplingReport = StatusReport & {
	/** What the response says, why it says nothing, or that there is none. */
	readonly status: string;
};

export type CertificateProblem = {
	readonly id: string;
	/** `error`: clients refuse it; `warning`: some do, or soon will, or a rule forbids it; `note`: needless. */
	readonly severity: 'error' | 'warning' | 'note';
	readonly message: string;
};

/** A document that was fetched from a URL in a certificate, with `--online`. */
export type FetchedReport = {
	readonly url: string;
	/** Of the last answer, where redirects were followed. */
	readonly httpStatus?: number | undefined;
	readonly bytes?: number | undefined;
	/** Of the body. */
	readonly sha256?: string | undefined;
	/** Why there is no answer. */
	readonly failure?: string | undefined;
	/** The same in words. */
	readonly message?: string | undefined;
};

/** The status of one certificate, by the source that gave it. */
export type RevocationStatus = StatusReport & {
	readonly status: 'good' | 'revoked' | 'unknown' | 'inconclusive';
	readonly source?: 'ocsp' | 'crl' | 'staple' | undefined;
	/** That of `source`. */
	readonly url?: string | undefined;
	/** Why the status is inconclusive. */
	readonly because?: string | undefined;
	readonly fetched: readonly FetchedReport[];
};

/** Whether an authority between the server's certificate and the root is revoked. */
export type IssuerRevocation = Omit<RevocationStatus, 'status'> & {
	readonly sha256: string;
	readonly subject: string;
	/** `not-applicable`: it names neither an OCSP responder nor a list. */
	readonly status: RevocationStatus['status'] | 'not-applicable';
};

/** Whether the certificate is revoked, with `--online`. */
export type RevocationReport = RevocationStatus & {
	/** ISO 8601, UTC. */
	readonly checkedAt: string;
	/** Those of the path, without its last certificate: that is trusted itself, or its issuer is not known. Older reports have none. */
	readonly issuers?: readonly IssuerRevocation[] | undefined;
};

/** Whether the issuers that the server does not send complete the chain, with `--online`. */
export type AiaReport = {
	readonly status: 'complete' | 'incomplete' | 'inconclusive';
	/** Those that trust the completed chain. */
	readonly stores?: readonly StoreTrust['store'][] | undefined;
	readonly because?: string | undefined;
	readonly fetched: readonly FetchedReport[];
};

/** A signed certificate timestamp whose signature was checked, by the keys of a list of logs. */
export type SctReport = {
	readonly source: 'certificate' | 'extension' | 'ocsp';
	/** The SHA-256 of the key of the log, in base64. */
	readonly logId: string;
	/** As the list calls it; undefined where it is not in the list. */
	readonly log?: string | undefined;
	/** ISO 8601, UTC. */
	readonly timestamp?: string | undefined;
	/** `undecided`: the issuer is not known, or the algorithm is not. */
	readonly signature: 'valid' | 'invalid' | 'unknown-log' | 'undecided';
};

/** One certificate with its chain that the server shows; or, without `leaf`, what could not be settled. */
export type IdentityReport = {
	readonly seen: readonly Seen[];
	readonly leaf?: LeafReport | undefined;
	readonly chain?: readonly ChainEntry[] | undefined;
	readonly trust?: TrustReport | undefined;
	readonly ocspStapling?: StaplingReport | undefined;
	/** Signed certificate timestamps in the certificate, the handshake and the stapled response. */
	readonly scts?: number | undefined;
	readonly sctSources?: {readonly certificate: number; readonly extension: number; readonly ocsp: number} | undefined;
	/** Only where a list of logs was given. */
	readonly sctSignatures?: readonly SctReport[] | undefined;
	readonly problems: readonly CertificateProblem[];
	readonly aia?: AiaReport | undefined;
	readonly revocation?: RevocationReport | undefined;
	readonly undecided?: readonly Undecided[] | undefined;
};
