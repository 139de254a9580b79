import type {Ending, ServiceAnswer} from '../../exchange/completing/completion.js';
import type {Cut, Outcome} from '../../exchange/outcome.js';
import type {VersionName} from '../../iana/versions.js';
import type {CertificateReport} from '../certificate/certificate-report.js';
import type {Evidence} from '../evidence.js';
import type {Because, ServiceVerdict} from './confirm-finding.js';
import type {KnownCause} from './known-cause.js';

/** The answer to a request after a handshake, or how the connection ended without one. Every text is the server's. */
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
	readonly evidence?: readonly Evidence[] | undefined;
};
