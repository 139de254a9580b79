import {alerts} from '../iana/alerts.js';

/**
How many of the received bytes make up an answer; undefined while there are too few. It is called again with each piece that arrives, so it must not
scan the same bytes each time.
*/
export type FindEnd = (bytes: Uint8Array) => number | undefined;

/** Bytes to send, an answer to wait for, or both in that order. Text is one byte per character. */
export type DialogueStep = {
	readonly send?: Uint8Array | string | undefined;
	readonly until?: FindEnd | undefined;
	/** For an optional answer: accept what has arrived after this time, or by the end of the connection. */
	readonly mostMs?: number | undefined;
};

/**
The class of a refusal, by a code or a mark of the protocol:

- `busy`: the server accepts no more connections, or has no time for this one.
- `blocked`: the server has blocked this client after connections that failed.
- `not-allowed`: the server does not accept this client's address.
- `unknown-host`: the server does not serve the requested name.
- `tls-unavailable`: the server supports TLS but cannot start it, for example without a readable certificate.
- `filtered`: a device on the path masks the server's text.
- `not-offered`: the server supports the protocol without TLS.
- `tls-at-once`: TLS begins with the first byte.
- `other-protocol`: the answer does not belong to the protocol.
*/
export const refusalKinds = [
	'busy',
	'blocked',
	'not-allowed',
	'unknown-host',
	'tls-unavailable',
	'filtered',
	'not-offered',
	'tls-at-once',
	'other-protocol',
] as const;

export type RefusalKind = (typeof refusalKinds)[number];

/** The text of the refusal, as received and in full length: untrusted. */
export type Refusal = {
	readonly words: string;
	/** Undefined if it is unknown. */
	readonly kind?: RefusalKind | undefined;
	/** The client was refused before it sent a request, as by a connection limit. */
	readonly isRefusedEarly?: boolean;
};

/**
A dialogue before TLS. It does no I/O: it yields what to send and what to wait for, receives the answer, and returns undefined for success, or the refusal.
*/
export type Dialogue = Generator<DialogueStep, Refusal | undefined, Uint8Array>;

/** Send bytes, or nothing, and wait for an answer. @returns The answer, one byte per character. */
export function* exchangeText(send: string | undefined, until: FindEnd): Generator<DialogueStep, string, Uint8Array> {
	const answer = yield {send, until};
	return latin1(answer);
}

/** Wait for this many bytes. */
export const untilLength =
	(length: number): FindEnd =>
	bytes =>
		bytes.length < length ? undefined : length;

export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/**
Received text as one line: white space becomes one space.

@param said - Bytes as received, or text of one byte per character; complete UTF-8 in it is decoded.
*/
export const wordsOf = (said: Uint8Array | string): string => tlsInWords(bytesOf(said)) ?? oneLine(decoded(said));

/** A refusal for an answer in another protocol. @param name - The name of the protocol, as people write it. */
export const notAnAnswer = (said: Uint8Array, name: string, what = 'not an answer in'): Refusal => ({
	words: `${what} ${name}: ${wordsOf(said)}`,
	kind: isTls(said) ? 'tls-at-once' : 'other-protocol',
});

/** Whether it begins as a record of TLS does. */
export const isTls = (said: Uint8Array | string): boolean => tlsInWords(bytesOf(said)) !== undefined;

/** Where nothing but clear text is looked for, a server of TLS answers with an alert. RFC 9846 §5.1, §6. */
function tlsInWords([type, major, , , , , description]: Uint8Array): string | undefined {
	if (major !== 3 || (type !== 0x15 && type !== 0x16)) {
		return undefined;
	}

	const what = type === 0x15 && description !== undefined ? `an alert (${alerts.label(description)})` : 'bytes';
	return `${what} of TLS: the port starts with TLS`;
}

/** @param said - As of `wordsOf`. */
export function decoded(said: Uint8Array | string): string {
	const bytes = bytesOf(said);
	const utf8 = bytes.toString('utf8');
	return utf8.includes('\uFFFD') ? bytes.toString('latin1') : utf8;
}

const bytesOf = (said: Uint8Array | string): Buffer => (typeof said === 'string' ? Buffer.from(said, 'latin1') : Buffer.from(said));

export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const mostWords = 250;

/** As much of it as is reported. */
export const shortened = (words: string): string => (words.length > mostWords ? `${words.slice(0, mostWords)}...` : words);
