import {decode} from '../../wire/codec.js';
import {ssl2RecordHeader, ssl2ServerHello} from '../../wire/ssl2.js';
import {noteAnomaly} from '../note-anomaly.js';
import type {Outcome} from '../outcome.js';
import {type AnswerState, malformed} from './answer-state.js';
import {readBanner} from './read-banner.js';

/** A SERVER-HELLO of SSL 2, or clear text that does not begin as one does. */
export function readSsl2(state: AnswerState): Outcome | undefined {
	const {unread, anomalies} = state;
	if (unread.length < 3) {
		return undefined;
	}

	const header = ssl2RecordHeader(unread);
	if (header === undefined) {
		return readBanner(state);
	}

	const {headerLength, bodyLength} = header;
	if (unread.length < headerLength + bodyLength) {
		return undefined;
	}

	const body = unread.subarray(headerLength, headerLength + bodyLength);
	if (body[0] !== 4) {
		return malformed(state, 'MSG-SERVER-HELLO', 'an SSL 2 error message');
	}

	const hello = decode(ssl2ServerHello, body);
	if (hello.cipherKinds.length === 0) {
		noteAnomaly(anomalies, 'no-cipher-kinds');
	}

	const {version, cipherKinds} = hello;
	return {kind: 'server-hello', version, cipherSuite: cipherKinds[0] ?? 0, cipherKinds, anomalies};
}
