import {type DialogueStep, exchangeText, type FindEnd, isTls, latin1, type Refusal, type RefusalKind, wordsOf} from './dialogue.js';

/**
Waits for the last line of a reply. Each line is examined once, however the bytes are split.

@param makeIsLast - Makes a function that says for each line in turn, without its line feed, whether the reply ends with it.
*/
const untilLine =
	(makeIsLast: () => (line: string) => boolean): ReplyReader =>
	() => {
		const isLast = makeIsLast();
		let start = 0;
		let searched = 0;
		return bytes => {
			for (let end = bytes.indexOf(0x0a, searched); end !== -1; end = bytes.indexOf(0x0a, start)) {
				const text = latin1(bytes.subarray(start, end));
				start = end + 1;
				searched = start;
				if (isLast(text)) {
					return start;
				}
			}

			searched = bytes.length;
			return undefined;
		};
	};

/** One line. */
export const line = untilLine(() => () => true);

/** Up to the first line that does not match. */
export const linesWhile = (goesOn: RegExp): ReplyReader => untilLine(() => text => !goesOn.test(text));

/** A code of three digits, followed by a hyphen while more lines follow. RFC 5321 §4.2.1, RFC 959 §4.2. */
export const codedReply = untilLine(() => {
	let code: string | undefined;
	return text => {
		if (code === undefined) {
			code = /^(\d{3})-/.exec(text)?.[1];
			return code === undefined;
		}

		return text.startsWith(`${code} `) || text === code || text === `${code}\r`;
	};
});

/** A first line and, if it is a success, further lines up to a single dot. RFC 1939 §3, RFC 3977 §3.1.1. */
export const listReply = (success: string): ReplyReader =>
	untilLine(() => {
		let isFirst = true;
		return text => {
			const isLast = isFirst ? !text.startsWith(success) : text === '.' || text === '.\r';
			isFirst = false;
			return isLast;
		};
	});

/** Makes a function that finds the end of one reply. It keeps its position, so each reply needs its own. */
export type ReplyReader = () => FindEnd;

/** A dialogue in lines, as data: each step sends something, and judges the whole reply to it. */
export type LineStep = {
	/** What to send. `{host}` is replaced by the requested name. */
	readonly send?: string;
	/** Finds the end of a reply of any kind. */
	readonly reply: ReplyReader;
	/** The reply that is required to continue; without it, any reply. */
	readonly expect?: RegExp;
	/** The mark in a reply that lists TLS as a capability. Without the mark, TLS is requested anyway: the refusal is the evidence. */
	readonly offers?: RegExp;
};

/** @param host - For `{host}`: characters of a host name only. */
export function* converseInLines(steps: readonly LineStep[], host: string): Generator<DialogueStep, Refusal | undefined, Uint8Array> {
	let isUnlisted = false;
	let isMasked = false;
	for (const {send, reply, expect, offers} of steps) {
		const said = yield* exchangeText(send === undefined ? undefined : send.replaceAll('{host}', host), reply());
		isMasked ||= masks.test(said);
		if (expect !== undefined && !expect.test(said)) {
			// 421 announces a close, whatever was requested. RFC 5321 §4.2.3.
			const isRefusedEarly = send === undefined || /^421/.test(said);
			const kind = isMasked ? 'filtered' : kindOf(said, send === undefined, isUnlisted);
			return {isRefusedEarly, kind, words: `${isUnlisted ? 'it does not list STARTTLS: ' : ''}${streamErrorIn(said) ?? wordsOf(said)}`};
		}

		isUnlisted ||= offers !== undefined && !offers.test(said);
	}

	return undefined;
}

/**
SMTP behind an inspecting firewall: a greeting of asterisks, in which some digits may remain, and X instead of a blocked capability.
*/
const masks = /^220[ -][*02 ]*\*{4,}[*02 ]*\r?$|^250[ -]X{3,}[A-Z]?\r?$/m;

/**
The reply codes of RFC 5321 §4.2.3, RFC 3207 §4, RFC 959 §4.2.2 and RFC 4642 §2.2.2, the response codes of RFC 5530 and RFC 2449 §8, the conditions of
RFC 6120 §4.9.3.
*/
const signs: readonly {readonly kind: RefusalKind; readonly pattern: RegExp; readonly isOfGreeting?: true}[] = [
	{
		kind: 'busy',
		pattern:
			/^(?:421|400)\b|\[(?:IN-USE|LIMIT|LOGIN-DELAY|SYS\/TEMP)\]|<resource-constraint\b|too many (?:connections|sessions|clients|users)/i,
	},
	{kind: 'tls-unavailable', pattern: /^(?:454|431|580)\b|\[UNAVAILABLE\]/},
	{kind: 'unknown-host', pattern: /<(?:host-unknown|host-gone|improper-addressing)\b/},
	{kind: 'not-allowed', pattern: /^5\d\d\b/, isOfGreeting: true},
	{kind: 'not-offered', pattern: /^50[024]\b/},
];

/** Why a reply refuses, by its code or text; undefined if neither says. */
export function kindOf(said: string, isGreeting: boolean, isUnlisted = false): RefusalKind | undefined {
	const sign = signs.find(({pattern, isOfGreeting = false}) => (isGreeting || !isOfGreeting) && pattern.test(said));
	return sign?.kind ?? (isTls(said) ? 'tls-at-once' : isUnlisted ? 'not-offered' : undefined);
}

/** The condition that ends an XML stream, and its text. RFC 6120 §4.9.2. */
function streamErrorIn(said: string): string | undefined {
	const [, condition, rest = ''] = /<stream:error\b[^>]*>\s*<([\w-]+)([\s\S]*)/.exec(said) ?? [];
	const text = /<text\b[^>]*>([^<]*)</.exec(rest)?.[1];
	return condition === undefined ? undefined : wordsOf(`stream error ${condition}${text === undefined ? '' : `: ${text}`}`);
}

/** The beginning of a client's or a server's stream. RFC 6120 §4.2. */
export const streamStart = (namespace: string): string =>
	`<?xml version='1.0'?><stream:stream to='{host}' xmlns='${namespace}' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`;

/**
Waits for a tag that ends an XML reply. Quotes are ignored: servers send no `>` in quotes here.

@param last - The pattern of an ending tag, without its angle brackets.
*/
const untilTag =
	(last: RegExp): ReplyReader =>
	() => {
		let searched = 0;
		let open = -1;
		return bytes => {
			for (; searched < bytes.length; searched++) {
				if (bytes[searched] === 0x3c) {
					open = searched;
				} else if (bytes[searched] === 0x3e && open !== -1) {
					const tag = latin1(bytes.subarray(open + 1, searched));
					open = -1;
					if (last.test(tag)) {
						searched += 1;
						return searched;
					}
				}
			}

			return undefined;
		};
	};

const untilFeatures = untilTag(/^(?:\/(?:\w+:)?features\s*|(?:\w+:)?features\s*\/|\/stream:(?:error|stream)\s*)$/);

/** Up to the end of the features or another ending tag; if it is not XML, one line. RFC 6120 §4.3.2, §4.9. */
export const streamFeatures: ReplyReader = () => {
	const [untilEnd, untilLineEnd] = [untilFeatures(), line()];
	let start = 0;
	return bytes => {
		while (start < bytes.length && blanks.has(bytes[start]!)) {
			start += 1;
		}

		return start === bytes.length ? undefined : bytes[start] === 0x3c ? untilEnd(bytes) : untilLineEnd(bytes);
	};
};

const blanks: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x20]);

export const startTlsElement = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";

/** RFC 6120 §5.4.2. */
export const tlsAnswer = untilTag(
	/^(?:(?:\w+:)?(?:proceed|failure)(?:\W[\s\S]*)?\/|\/(?:\w+:)?(?:proceed|failure)\s*|\/stream:(?:error|stream)\s*)$/,
);
