import {alerts} from '../iana/alerts.js';

/**
How many bytes of those received make up an answer; undefined while there are too few. It is asked again with each piece that arrives, so it
must not look at the same bytes each time.
*/
export type Until = (bytes: Uint8Array) => number | undefined;

/** One thing to say, one thing to wait for, or both in that order. Text is one byte a character. */
export type Step = {
	readonly send?: Uint8Array | string | undefined;
	readonly until?: Until | undefined;
	/** Of an answer that is only good to have: what has come after this long, or by the end of the connection, will do. */
	readonly mostMs?: number | undefined;
};

/**
What a refusal is known to be about, by a code or a mark of the protocol:

- `busy`: the server takes no more connections, or has no time for this one.
- `blocked`: the server has blocked this client after connections that failed.
- `not-allowed`: the server does not take this client's address.
- `unknown-host`: the server does not serve the name that it was asked for.
- `tls-unavailable`: the server has TLS and cannot begin it, as without a certificate that it can read.
- `filtered`: something on the way masks what the server says.
- `not-offered`: the server speaks the protocol, without TLS.
- `tls-at-once`: TLS is spoken from the first byte.
- `other-protocol`: the answer is none of the protocol.
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

/** What was said instead of a go-ahead, as it came, as long as it came: it was chosen by somebody else. */
export type Refusal = {
	readonly words: string;
	/** Undefined where nothing tells. */
	readonly kind?: RefusalKind | undefined;
	/** The client was turned away before it asked for anything, as by a limit on connections. */
	readonly isRefusedEarly?: boolean;
};

/**
A conversation before TLS. It does no I/O: it yields what to say and what to wait for, is sent the answer, and returns undefined
for a go-ahead or the refusal.
*/
export type Dialogue = Generator<Step, Refusal | undefined, Uint8Array>;

/** Say something, or nothing, and wait for an answer. @returns The answer, a byte a character. */
export function* exchangeText(send: string | undefined, until: Until): Generator<Step, string, Uint8Array> {
	const answer = yield {send, until};
	return latin1(answer);
}

/** Wait for so many bytes. */
export const untilLength =
	(length: number): Until =>
	bytes =>
		bytes.length < length ? undefined : length;

export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/**
What somebody said as the words of one line: white space is one space.

@param said - Bytes as they came, or text of one byte a character; UTF-8 in it is read where it is whole.
*/
export const wordsOf = (said: Uint8Array | string): string => tlsInWords(bytesOf(said)) ?? oneLine(decoded(said));

/** What is no answer of the protocol. @param name - As people write it. */
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
	return `${what} of TLS, which is spoken there from the first byte`;
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
