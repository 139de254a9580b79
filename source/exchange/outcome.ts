import type {RefusalKind} from '../transport/dialogue.js';
import type {WhyAborted} from '../transport/interrupt.js';
import type {CertificateRequest} from '../wire/certificate-request.js';
import type {Extension} from '../wire/extension.js';
import type {DhParameters} from '../wire/server-key-exchange.js';

/** What a port that does not speak TLS seems to speak. */
export type LooksLike = {
	/** `http`, `ssh`, `smtp`, ... or `binary`, `echo`. */
	readonly protocol: string;
	/** What a person could try instead. */
	readonly hint?: string | undefined;
};

/** What a server sends up to ServerHelloDone, or up to Finished in TLS 1.3, where the hello asks to read it. */
export type ServerFlight = {
	/** Types of the extensions of the ServerHello and, in TLS 1.3, of EncryptedExtensions. */
	readonly extensions: readonly number[];
	/** The certificates in DER, the server's own first. Undefined where no Certificate arrived. */
	readonly chain?: readonly Uint8Array[] | undefined;
	/** Of a finite-field exchange, copied. Undefined for others. */
	readonly dhParameters?: DhParameters | undefined;
	/** What ServerKeyExchange is signed with, or CertificateVerify in TLS 1.3. Undefined before TLS 1.2 and where nothing is signed. */
	readonly signatureScheme?: number | undefined;
	/** The extensions of the ServerHello with their bodies and, in TLS 1.3, those of EncryptedExtensions behind them. */
	readonly bodies?: readonly Extension[] | undefined;
	/** Undefined where none arrived. */
	readonly certificateRequest?: CertificateRequest | undefined;
	/** The response about the server's own certificate that came along, in DER. RFC 6066 §8, RFC 9846 §4.5.2.1. */
	readonly ocspResponse?: Uint8Array | undefined;
	/** SignedCertificateTimestampList beside the server's own certificate, in TLS 1.3. RFC 6962 §3.3. */
	readonly timestamps?: Uint8Array | undefined;
	/** What the certificates were compressed with: they are not read then. RFC 8879 §4. */
	readonly certificateCompression?: number | undefined;
	/**
	The server selected a version and a suite, and then could not go on: the description of a fatal alert, or a connection that was closed or reset.
	Undefined where the flight is whole, and where nothing more came in time.
	*/
	readonly breakOff?: number | 'closed' | undefined;
	/** The flight was read to its end. Only then did the server leave out what is not there. */
	readonly isWhole?: true | undefined;
};

export type UnreachableStage = 'dns' | 'connect' | 'proxy' | 'starttls';

/** What ended the asking: the deadline of the target, that of the run, or the user. */
export type Cut = 'deadline' | WhyAborted;

/** How one connection ended. Every way a peer can behave is a value; none of them is an exception. */
export type Outcome =
	| {
			readonly kind: 'server-hello';
			/** What was selected: by `supported_versions` where the server sent it, else by `legacy_version`. */
			readonly version: number;
			/** `legacy_version` says TLS 1.3 or later, and there is no `supported_versions`. */
			readonly isByLegacyVersion?: true;
			readonly cipherSuite: number;
			/** In SSL 2, all kinds that the server lists: the client chooses one of them. */
			readonly cipherKinds?: readonly number[] | undefined;
			/** From `key_share` in TLS 1.3, from ServerKeyExchange before, where it came along. */
			readonly group?: number | undefined;
			/** Size of the prime of DHE parameters that are not a named group. */
			readonly primeBits?: number | undefined;
			/** The version that the random says the server could have spoken. RFC 9846 §4.2.3. */
			readonly downgradeSentinel?: number | undefined;
			/** What ALPN selected, a byte a character, where it was offered as such. In TLS 1.3 it is encrypted. RFC 7301 §3.1. */
			readonly applicationProtocol?: string | undefined;
			/** Where compression was offered: what was selected. 0 is none. */
			readonly compressionMethod?: number | undefined;
			/** Where the hello asks for it, copied. */
			readonly random?: Uint8Array | undefined;
			/** What else clients look at, where the hello asks to read on for it. In TLS 1.3, where the keys are known as well. */
			readonly flight?: ServerFlight | undefined;
			readonly anomalies: readonly Anomaly[];
	  }
	| {
			readonly kind: 'hello-retry-request';
			readonly version: number;
			readonly cipherSuite: number;
			readonly group?: number | undefined;
			readonly anomalies: readonly Anomaly[];
	  }
	| {readonly kind: 'alert'; readonly level: number; readonly description: number; readonly anomalies: readonly Anomaly[]}
	| {readonly kind: 'closed'}
	| {readonly kind: 'reset'}
	| {readonly kind: 'silent'; readonly afterMs: number; readonly receivedBytes: number}
	| {readonly kind: 'not-tls'; readonly firstBytes: string; readonly looksLike: LooksLike}
	| {readonly kind: 'malformed'; readonly field: string; readonly offset: number; readonly problem: string}
	| {readonly kind: 'unreachable'; readonly stage: UnreachableStage; readonly code: string}
	| {readonly kind: 'proxy-refused'; readonly words: string}
	/** `isRefusedEarly`: the server refused before anything was asked for. A limit on connections looks like that. */
	| {readonly kind: 'starttls-refused'; readonly words: string; readonly refusal?: RefusalKind; readonly isRefusedEarly?: true}
	/** Nothing was sent and nothing was begun. */
	| {readonly kind: 'unasked'; readonly because: Cut}
	/** Cut short while it went on. `stage` says how far it had come; undefined where the hello had been sent. */
	| {readonly kind: 'unanswered'; readonly because: Cut; readonly stage?: Exclude<UnreachableStage, 'dns'> | undefined};

/** A fault that changes no status: the answer counts, and says something about the server. */
export type Anomaly =
	| 'cipher-suite-not-offered'
	| 'compression-not-offered'
	| 'extension-not-offered'
	| 'extension-repeated'
	| 'hello-request-first'
	| 'key-share-already-offered'
	| 'legacy-version'
	| 'missing-key-share'
	| 'no-cipher-kinds'
	/** Bytes in clear followed the server's consent to STARTTLS: a client that takes them for part of TLS accepts forged data. CVE-2011-0411. */
	| 'plaintext-after-starttls'
	| 'session-id-not-echoed'
	| 'supported-versions-before-1.3'
	| 'supported-versions-missing'
	| 'undecodable-extension'
	| 'warning-alert-first';
