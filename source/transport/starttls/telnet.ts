import {type Dialogue, type FindEnd, isTls, wordsOf} from '../dialogue.js';
import type {StartTls} from '../starttls.js';

const command = {se: 0xf0, sb: 0xfa, will: 0xfb, wont: 0xfc, do: 0xfd, dont: 0xfe, iac: 0xff} as const;
const startTls = 46;
const follows = 1;

/** How long to skip text and other options before the server counts as one without this option, in milliseconds. A login prompt has no end. */
const mostMs = 2000;
/** The most other options to refuse. There are 256, and each may be requested in both directions. */
const mostOptions = 512;

const subnegotiation = Uint8Array.of(command.iac, command.sb, startTls, follows, command.iac, command.se);

export default {
	name: 'telnet',
	ports: [23],
	source: 'draft-altman-telnet-starttls-02, RFC 854',
	*converse(): Dialogue {
		yield {send: Uint8Array.of(command.iac, command.will, startTls), until: bytes => (bytes.length > 0 ? 0 : undefined)};
		for (let asked = 0; asked < mostOptions; asked++) {
			const said: Uint8Array = yield {until: untilOption(), mostMs};
			const [first, verb, option = 0] = said.subarray(-3);
			if (first !== command.iac || !isVerb(verb)) {
				return {kind: isTls(said) ? 'tls-at-once' : 'not-offered', words: `no answer to START_TLS (option 46): ${wordsOf(said)}`};
			}

			if (option !== startTls) {
				yield {send: refusal(verb, option)};
			} else if (verb === command.do) {
				// Both sides announce TLS, and send no plaintext after that.
				yield {send: subnegotiation, until: untilFollows()};
				return undefined;
			} else {
				return {kind: 'not-offered', words: 'it refuses START_TLS (option 46)'};
			}
		}

		return {words: `no answer to START_TLS (option 46), and ${mostOptions} other options`};
	},
} as const satisfies StartTls;

const isVerb = (code: number | undefined): code is number => code !== undefined && code >= command.will && code <= command.dont;

/** WONT and DONT need no answer. RFC 854. */
function refusal(verb: number, option: number): Uint8Array | undefined {
	switch (verb) {
		case command.do:
			return Uint8Array.of(command.iac, command.wont, option);
		case command.will:
			return Uint8Array.of(command.iac, command.dont, option);
		default:
			return undefined;
	}
}

/** Up to the end of the next WILL, WONT, DO or DONT, skipping text and other commands. */
function untilOption(): FindEnd {
	let start = 0;
	return bytes => {
		for (let at = bytes.indexOf(command.iac, start); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(command.iac, start)) {
			if (isVerb(bytes[at + 1])) {
				start = at;
				return at + 3 <= bytes.length ? at + 3 : undefined;
			}

			start = at + 2;
		}

		start = Math.max(start, bytes.at(-1) === command.iac ? bytes.length - 1 : bytes.length);
		return undefined;
	};
}

function untilFollows(): FindEnd {
	let start = 0;
	return bytes => {
		const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(subnegotiation, start);
		start = Math.max(0, bytes.length - subnegotiation.length + 1);
		return at === -1 ? undefined : at + subnegotiation.length;
	};
}
