import type {HelloSpec} from '../hello-spec.js';
import type {Cut, Outcome} from '../outcome.js';

/** What is sent in a turn. */
export type Sent =
	/** A hello, encoded for this connection: its random is drawn then. */
	| {readonly kind: 'hello'; readonly hello: HelloSpec}
	/** As they are, in hexadecimal: whole records, or what looks like them. After a handshake, the TLS library sends and reads nothing more. */
	| {readonly kind: 'bytes'; readonly bytes: string}
	/** In hexadecimal; the TLS library encrypts it. Only after a handshake that it completed. */
	| {readonly kind: 'application-data'; readonly data: string};

/** What a turn waits for. A fatal or encrypted alert, the end of the connection and the time end it as well. */
export type Until =
	/** A handshake message in clear. */
	| {readonly kind: 'message'; readonly type: number}
	/** A whole record; undefined for one of any type. */
	| {readonly kind: 'record'; readonly type?: number | undefined}
	/** What the TLS library has decrypted, after a handshake that it completed. */
	| {readonly kind: 'application-data'}
	/** An empty line, which ends the head of an answer in HTTP. For what is said in clear, without records. RFC 9112 §2.1. */
	| {readonly kind: 'empty-line'}
	/** The turn only sends. What comes is read by the next one. */
	| {readonly kind: 'nothing'};

/** One turn of a conversation: send these bytes, and read until. Plain data. */
export type Turn = {
	readonly send: readonly Sent[];
	readonly until: Until;
	/** At most so long; the timeout of an answer, and the deadline, hold as well. */
	readonly timeoutMs?: number | undefined;
};

/** A conversation of records: how it begins, and what it is about. What is sent next depends on what was received. Plain data. */
export type RecordsSpec = {
	/** The version it is about: 0x0300 to 0x0304. */
	readonly version: number;
	/** The name of this way of asking. */
	readonly shape: string;
	/** What its hello asks for by SNI. */
	readonly serverName: string | undefined;
	/** Another port of the same address, in clear: without STARTTLS. Undefined for the port of the endpoint. */
	readonly plainPort?: number | undefined;
	readonly turn: Turn;
};

/**
What ended a turn. `until` is what it waited for. `malformed`: the bytes are not records. `flooded`: more bytes than are ever read of
one connection. `failed`: the connection broke by an error of the system. `unanswered`: the deadline or the user ended it.
*/
export type TurnEnd = 'until' | 'alert' | 'closed' | 'reset' | 'timeout' | 'malformed' | 'flooded' | 'failed' | 'unanswered';

/** What happened in a turn. */
export type TurnAnswer = {
	readonly end: TurnEnd;
	/** Why, where `end` is `unanswered`. */
	readonly because?: Cut | undefined;
	/** The bytes as they were sent: what is drawn for a hello is in them. */
	readonly sent: Uint8Array;
	/** What was received since the turn before. A record may be cut at its end, and go on in the next turn. */
	readonly received: Uint8Array;
	/** What the TLS library decrypted; undefined where it takes no part. */
	readonly applicationData?: Uint8Array | undefined;
	readonly durationMs: number;
};

/** What a conversation of records came to. */
export type Conversed =
	| {readonly kind: 'turns'; readonly turns: readonly TurnAnswer[]}
	/** There was no connection for it. */
	| {readonly kind: 'not-reached'; readonly outcome: Outcome};
