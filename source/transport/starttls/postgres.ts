import {type Dialogue, latin1, wordsOf} from '../dialogue.js';
import type {StartTls} from '../starttls.js';

/** SSLRequest: its length, and the code 80877103. */
const request = Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f);

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
				return {words: 'N: no TLS here'};
			case 'E':
				return {isTurnedAway: true, words: wordsOf(messageOf(answer))};
			default:
				return {words: `not an answer in PostgreSQL's protocol: ${wordsOf(answer)}`};
		}
	},
} as const satisfies StartTls;

/** One byte; an error, which a server that is too old or too busy sends, is a whole message. */
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

/** The field M of an ErrorResponse; those of protocol 2 are a text alone. */
function messageOf(answer: Uint8Array): string {
	const fields = latin1(answer.subarray(5)).split('\0');
	return fields.find(field => field.startsWith('M'))?.slice(1) ?? latin1(answer.subarray(1));
}
