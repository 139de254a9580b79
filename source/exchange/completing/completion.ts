import type {Cut, LooksLike, Outcome} from '../outcome.js';
import type {TurnAnswer} from '../turns/turn.js';

/** A handshake that is to be completed, and what is asked once it is. Plain data. */
export type HandshakeSpec = {
	/** The one version to speak: 0x0301 to 0x0304. */
	readonly version: number;
	/** For SNI; undefined sends none. */
	readonly serverName: string | undefined;
	/** What is sent once the handshake is done; undefined where no request is known for the port. */
	readonly request: string | undefined;
	/** Application protocols to offer, the preferred one first. RFC 7301. */
	readonly alpn?: readonly string[] | undefined;
	/** The signature algorithms to offer, of those that OpenSSL 3.0 knows; undefined for all that the library offers by itself. */
	readonly signatureSchemes?: readonly number[] | undefined;
	/** Whether to hand on the secrets of the handshake, and what was said in it. */
	readonly wantsSecrets?: true | undefined;
	/** Whether the connection stays open once the handshake and the answer are complete, for further turns. */
	readonly keepsOpen?: true | undefined;
	/**
	How often to renegotiate once the handshake is done, up to TLS 1.2. Without RFC 5746 it is done as well, insecurely.
	*/
	readonly renegotiations?: number | undefined;
	/** A session to resume, as an earlier handshake handed it on. */
	readonly session?: string | undefined;
	/** Whether to leave out the extension session_ticket, so that only a session id can be resumed. RFC 5077. */
	readonly withoutTickets?: true | undefined;
	/** Whether to leave out the extension encrypt_then_mac, so that records in CBC mode have their MAC within. RFC 7366. */
	readonly withoutEncryptThenMac?: true | undefined;
	/** Text that is sent in clear behind the request of STARTTLS, in the same segment. Only with STARTTLS in lines. */
	readonly behindStartTls?: string | undefined;
	/** The one cipher suite to offer, by its IANA name, of those that `opensslSuiteName` knows; undefined for all of the library. */
	readonly cipherSuite?: string | undefined;
};

/** What opens the records of a handshake. */
export type Secrets = {
	/** Lines of the key log, `LABEL client_random secret` in hexadecimal. RFC 9850. */
	readonly keyLog: readonly string[];
	/** The beginning of what was sent in the handshake, at most 16 KiB and what one write adds. */
	readonly sent: Uint8Array;
	/** The beginning of what was received, at most 128 KiB and what one packet adds. */
	readonly received: Uint8Array;
};

/** How a connection ended, or what was received where that is no answer in HTTP. `own-stack` is an error that the local library raised. It is no
refusal by the server, even if the library could not read the server's bytes. */
export type Ending =
	| {readonly kind: 'alert'; readonly alert: string}
	| {readonly kind: 'closed'}
	| {readonly kind: 'reset'}
	| {readonly kind: 'silent'; readonly afterMs: number; readonly receivedBytes: number}
	| {readonly kind: 'malformed'; readonly problem: string}
	| {readonly kind: 'own-stack'; readonly code: string}
	| {readonly kind: 'unanswered'; readonly because: Cut};

/** What an HTTP server said. Every text is the server's, as it came but for its length. */
export type HttpAnswer = {
	readonly kind: 'http';
	readonly status: number;
	/** The reason phrase; empty where there is none. */
	readonly reason: string;
	/** The service's own code of an error, by its header or its body. */
	readonly code?: string | undefined;
	/** Where the text of an error speaks of versions of TLS: these words. */
	readonly words?: string | undefined;
	/** What `Upgrade` names. */
	readonly upgrade?: string | undefined;
	readonly server?: string | undefined;
	/** Other fields that say something of how the service is reached, each value of a name by itself, in their order. */
	readonly fields?: Readonly<Partial<Record<NotedField, readonly string[]>>> | undefined;
};

/** Names in lower case. RFC 6797 §6.1, RFC 7838 §3, RFC 9110 §10.2.2 and §8.4. */
export const notedFields = ['strict-transport-security', 'alt-svc', 'location', 'content-encoding'] as const;

export type NotedField = (typeof notedFields)[number];

/** The answer to the request, or how the connection ended without one. */
export type ServiceAnswer = HttpAnswer | {readonly kind: 'not-http'; readonly looksLike: LooksLike} | Ending;

/** What the library here offered, by codes. */
export type OwnOffer = {readonly cipherSuites: readonly number[]; readonly groups: readonly number[]};

/** The result of a handshake. */
export type Completion = {
	readonly handshake:
		| {
				readonly kind: 'completed';
				readonly cipherSuite: string;
				readonly applicationProtocol?: string | undefined;
				/** It resumed the session that was offered. */
				readonly isResumed?: true | undefined;
		  }
		| {readonly kind: 'failed'; readonly how: Ending}
		/** The library here has no such version, or nothing to offer in it: not a byte was sent. */
		| {readonly kind: 'not-spoken'; readonly code: string}
		/** There was no connection for it. */
		| {readonly kind: 'not-reached'; readonly outcome: Outcome};
	/** Whether the server was seen to ask for a certificate of the client: up to TLS 1.2, where it asks in clear. */
	readonly wantsCertificate: boolean;
	/** Undefined where nothing was asked. */
	readonly answer: ServiceAnswer | undefined;
	/** What the server sent, its own certificate first, in DER. */
	readonly chain: readonly Uint8Array[];
	/** Of a handshake that failed. */
	readonly offer?: OwnOffer | undefined;
	/** Of a handshake that was to hand them on. */
	readonly secrets?: Secrets | undefined;
	/** The newest session of a completed handshake: OpenSSL's SSL_SESSION in DER, in hexadecimal. In TLS 1.3 only where a ticket came. */
	readonly session?: string | undefined;
	/** How often it was renegotiated, and what ended that; undefined where nothing did. Of a handshake that was to be. */
	readonly renegotiated?: {readonly count: number; readonly end?: Ending | undefined} | undefined;
	/** What happened after the handshake, where it was kept open. */
	readonly turns?: readonly TurnAnswer[] | undefined;
	readonly durationMs: number;
};
