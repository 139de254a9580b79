import {type Dialogue, latin1, notAnAnswer, type RefusalKind, wordsOf} from '../dialogue.js';
import type {StartTls} from '../starttls.js';

/** SSLRequest: its length, and the code 80877103. */
const request = Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f);

/** By SQLSTATE: too_many_connections, cannot_connect_now, invalid_authorization_specification. */
const kinds: Readonly<Record<string, RefusalKind>> = {53300: 'busy', '57P03': 'busy', 28000: 'not-allowed'};

export default {
	name: 'postgres',
	ports: [5432],
	source: 'https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL',
	*converse(): Dialogue {
		const answer = yield {send: request, until: untilAnswer};
		switch (latin1(answer.subarray(0, 1))) {
			case 'S':
				return undefined;
			case 'N':
				return {kind: 'not-offered', words: 'N: no TLS here'};
			case 'E':
				return {isRefusedEarly: true, kind: kinds[fieldOf(answer, 'C') ?? ''], words: wordsOf(messageOf(answer))};
			default:
				return notAnAnswer(answer, "PostgreSQL's protocol");
		}
	},
} as const satisfies StartTls;

/** One byte; an error from an old or busy server is a whole message. */
function untilAnswer(bytes: Uint8Array): number | undefined {
	if (bytes.length === 0) {
		return undefined;
	}

	if (bytes[0] !== 0x45) {
		return bytes[0] === 0x53 || bytes[0] === 0x4e ? 1 : bytes.length;
	}

	if (bytes.length < 5) {
		return undefined;
	}

	const length = Buffer.from(bytes.subarray(1, 5)).readUInt32BE() + 1;
	return bytes.length < length ? undefined : length;
}

/** The message of an ErrorResponse; in protocol 2 it is only a text. */
const messageOf = (answer: Uint8Array): string => fieldOf(answer, 'M') ?? latin1(answer.subarray(1));

/** A field of an ErrorResponse, by the letter that it begins with. */
const fieldOf = (answer: Uint8Array, letter: string): string | undefined =>
	latin1(answer.subarray(5))
		.split('\0')
		.find(field => field.startsWith(letter))
		?.slice(1);
