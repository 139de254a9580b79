import {type Dialogue, latin1, notAnAnswer, untilLength} from '../dialogue.js';
import type {StartTls} from '../starttls.js';

/** A protocol header requests TLS by its id: the name, the id, and the version 1.0.0. */
const tlsHeader = 'AMQP\x02\x01\x00\x00';

export default {
	name: 'amqp',
	ports: [5672],
	source: 'OASIS AMQP 1.0 part 5 §5.2',
	*converse(): Dialogue {
		const answer = yield {send: tlsHeader, until: untilHeader};
		const text = latin1(answer);
		if (text === tlsHeader) {
			return undefined;
		}

		return text.startsWith('AMQP') ? {kind: 'not-offered', words: wordsOfHeader(answer)} : notAnAnswer(answer, 'AMQP');
	},
} as const satisfies StartTls;

/**
A server that does not accept a header answers with the one that it accepts. AMQP 0-9-1, which RabbitMQ uses, begins with `0 0 9 1` (§4.2.2), older
ones with `1 1`.
*/
function wordsOfHeader(header: Uint8Array): string {
	const [id, major, minor, revision] = header.subarray(4);
	if (major === 1 && minor === 0 && revision === 0) {
		return `AMQP 1.0 without the TLS layer: its header has the protocol id ${id}`;
	}

	return `AMQP ${id === 0 ? `${major}-` : ''}${minor}-${revision}, which has no STARTTLS: TLS uses a separate port, usually 5671`;
}

/** A header has eight bytes. Other answers are used as received. */
const untilHeader = (bytes: Uint8Array): number | undefined =>
	bytes.length > 0 && bytes[0] !== 0x41 ? bytes.length : untilLength(tlsHeader.length)(bytes);
