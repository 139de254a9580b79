import {exchangeText, type Refusal, type Step, wordsOf} from './dialogue.js';

/** One line. */
export const line = /^[^\n]*\n/;

/** A code of three digits, and a hyphen behind it while more lines follow. RFC 5321 §4.2.1, RFC 959 §4.2. */
export const codedReply = /^(?:(\d{3})-[\s\S]*?\n\1(?: [^\n]*)?\r?\n|(?!\d{3}-)[^\n]*\n)/;

/** A first line and, where that is a success, more until a dot by itself. RFC 1939 §3, RFC 3977 §3.1.1. */
export const listReply = (success: string): RegExp =>
	new RegExp(`^(?:(?:${success})[^\\n]*\\n(?:[\\s\\S]*?\\n)??\\.\\r?\\n|(?!${success})[^\\n]*\\n)`);

/** A conversation in lines, as data: each step says something, and judges the whole reply to it. */
export type LineStep = {
	/** What to say. `{host}` stands for the name that is asked for. */
	readonly send?: string;
	/** A whole reply, of whatever kind. */
	readonly reply: RegExp;
	/** What a reply has to be like to go on; any will do where it is left out. */
	readonly expect?: RegExp;
	/** What a reply says that names TLS among the server's abilities. Without it TLS is asked for all the same: the refusal is the evidence. */
	readonly offers?: RegExp;
};

/** @param host - For `{host}`: characters of a host name only. */
export function* converseInLines(steps: readonly LineStep[], host: string): Generator<Step, Refusal | undefined, Uint8Array> {
	let isUnlisted = false;
	for (const {send, reply, expect, offers} of steps) {
		const said = yield* exchangeText(send === undefined ? undefined : send.replaceAll('{host}', host), reply);
		if (expect !== undefined && !expect.test(said)) {
			// 421 announces a hang-up, whatever was asked. RFC 5321 §4.2.3.
			const isTurnedAway = send === undefined || /^421/.test(said);
			return {isTurnedAway, words: `${isUnlisted ? 'it does not list STARTTLS: ' : ''}${wordsOf(said)}`};
		}

		isUnlisted ||= offers !== undefined && !offers.test(said);
	}

	return undefined;
}

/** How a client or a server begins a stream. RFC 6120 §4.2. */
export const streamStart = (namespace: string): string =>
	`<?xml version='1.0'?><stream:stream to='{host}' xmlns='${namespace}' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`;

/** To the end of the features, or of whatever else ends it. RFC 6120 §4.3.2, §4.9. */
export const streamFeatures =
	/^[\s\S]*?(?:<\/(?:\w+:)?features\s*>|<(?:\w+:)?features\s*\/>|<\/stream:error\s*>|<\/stream:stream\s*>)|^(?!\s*<)[^\n]*\n/;

export const startTlsElement = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";

/** RFC 6120 §5.4.2. */
export const tlsAnswer =
	/^[\s\S]*?(?:<(?:\w+:)?(?:proceed|failure)\b[^>]*?(?:\/>|>[^<]*<\/(?:\w+:)?(?:proceed|failure)\s*>)|<\/stream:error\s*>|<\/stream:stream\s*>)/;
