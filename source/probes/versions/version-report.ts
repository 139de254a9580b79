import type {Anomaly, Cut, LooksLike, UnreachableStage} from '../../exchange/outcome.js';
import type {VersionName} from '../../iana/versions.js';
import type {RefusalKind} from '../../transport/dialogue.js';
import type {ConfirmedReport} from '../confirm/confirmed-report.js';
import type {Evidence} from '../evidence.js';
import type {Reason, Status} from './finding.js';
import type {LargeHello} from './version-state.js';

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

/** By the versions that were asked for. */
export type VersionReports = {readonly [Name in VersionName]?: VersionReport};
