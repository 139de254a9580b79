import {exchangeText, latin1, type Refusal, type Step, type Until, wordsOf} from './dialogue.js';

/**
Waits for the last line of a reply. Each line is looked at once, however the bytes are cut.

@param makeIsLast - Makes what says of each line in turn, without its line feed, whether the reply ends with it.
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

/** To the first line that is none of these. */
export const linesWhile = (goesOn: RegExp): ReplyReader => untilLine(() => text => !goesOn.test(text));

/** A code of three digits, and a hyphen behind it while more lines follow. RFC 5321 §4.2.1, RFC 959 §4.2. */
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

/** A first line and, where that is a success, more until a dot by itself. RFC 1939 §3, RFC 3977 §3.1.1. */
export const listReply = (success: string): ReplyReader =>
	untilLine(() => {
		let isFirst = true;
		return text => {
			const isLast = isFirst ? !text.startsWith(success) : text === '.' || text === '.\r';
			isFirst = false;
			return isLast;
		};
	});

/** Makes what finds the end of one reply. It remembers what it has looked at, so each reply has its own. */
export type ReplyReader = () => Until;

/** A conversation in lines, as data: each step says something, and judges the whole reply to it. */
export type LineStep = {
	/** What to say. `{host}` stands for the name that is asked for. */
	readonly send?: string;
	/** Finds the end of a whole reply, of whatever kind. */
	readonly reply: ReplyReader;
	/** What a reply has to be like to go on; any will do where it is left out. */
	readonly expect?: RegExp;
	/** What a reply says that names TLS among the server's abilities. Without it TLS is asked for all the same: the refusal is the evidence. */
	readonly offers?: RegExp;
};

/** @param host - For `{host}`: characters of a host name only. */
export function* converseInLines(steps: readonly LineStep[], host: string): Generator<Step, Refusal | undefined, Uint8Array> {
	let isUnlisted = false;
	for (const {send, reply, expect, offers} of steps) {
		const said = yield* exchangeText(send === undefined ? undefined : send.replaceAll('{host}', host), reply());
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

/**
Waits for a tag that ends a reply of XML. Quotes are not looked at: what servers send here holds no `>` in them.

@param last - What a tag that ends it looks like, without its angle brackets.
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

/** To the end of the features, or of whatever else ends it; of what is no XML, a line. RFC 6120 §4.3.2, §4.9. */
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
