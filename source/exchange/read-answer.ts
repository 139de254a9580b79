import {DecodeError} from '../bytes/decode-error.js';
import {toHex} from '../bytes/hex.js';
import {isEqual} from '../bytes/is-equal.js';
import {Reader} from '../bytes/reader.js';
import {alert, alertLevel} from '../wire/alert.js';
import {decode} from '../wire/codec.js';
import {type Handshake, handshakeType, handshakeTypeLabel} from '../wire/handshake.js';
import {contentType, contentTypeLabel, looksLikeRecord, splitRecords, type TlsRecord} from '../wire/record.js';
import {serverHello} from '../wire/server-hello.js';
import {readNamedCurve, readPrimeBits} from '../wire/server-key-exchange.js';
import {ssl2RecordHeader, ssl2ServerHello} from '../wire/ssl2.js';
import type {BuiltHello} from './build-hello.js';
import type {HelloSpec} from './hello-spec.js';
import {keyExchangeOf} from './key-exchange.js';
import {looksLike} from './looks-like.js';
import type {Anomaly, Outcome} from './outcome.js';
import {weighServerHello} from './weigh-server-hello.js';

/** What may be read before an answer, and after it for the group of a key exchange. */
const mostBytes = 65_536;

/** Enough of a banner to tell what speaks. */
const bannerBytes = 256;

const mostWarnings = 8;

/**
Makes one outcome of what a server sends back, however its bytes are cut.

No socket and no clock: `push` what arrives, and `end` when nothing more will.
*/
export type AnswerReader = {
	/** @returns The outcome once it is complete, undefined while more is wanted. What of `chunk` is still needed is copied. */
	push(chunk: Uint8Array): Outcome | undefined;
	/** What is known already, though more would say it better: wait only a little longer. */
	provisional(): Outcome | undefined;
	/** @returns The outcome of a connection that ended, or of a wait that did. */
	end(how: 'closed' | 'reset' | 'timeout', elapsedMs: number): Outcome;
};

/**
@param spec - What was asked.
@param built - What was sent: the answer is held against it.
*/
export function readAnswer(spec: HelloSpec, built: BuiltHello): AnswerReader {
	let unread: Uint8Array = new Uint8Array();
	let messages: Uint8Array = unread;
	let alerts: Uint8Array = unread;
	let receivedBytes = 0;
	let provisional: Outcome | undefined;
	let lastWarning: {level: number; description: number} | undefined;
	let warnings = 0;
	const anomalies: Anomaly[] = [];
	let isBanner = false;

	const banner = (): Outcome => {
		const start = unread.subarray(0, bannerBytes);
		return isEcho(start) ? echo() : {kind: 'not-tls', firstBytes: toHex(start.subarray(0, 64)), looksLike: looksLike(start)};
	};

	const sent = built.bytes;
	const isEcho = (bytes: Uint8Array): boolean => bytes.length >= 8 && isEqual(bytes, sent.subarray(0, bytes.length));

	/** A server that sends back what it was sent, and nothing of its own. */
	const echo = (): Outcome => ({
		kind: 'not-tls',
		firstBytes: toHex(sent.subarray(0, 64)),
		looksLike: {protocol: 'echo', hint: 'this port sends back what it is sent'},
	});

	const readBanner = (): Outcome | undefined => {
		isBanner = true;
		provisional = banner();
		return unread.length >= bannerBytes || unread.includes(0x0a) ? provisional : undefined;
	};

	const readRecords = (): Outcome | undefined => {
		for (;;) {
			const {records, consumed} = splitRecords(unread);
			unread = unread.subarray(consumed);
			for (const item of records) {
				const outcome = readRecord(item);
				if (outcome !== undefined) {
					return outcome;
				}
			}

			if (consumed === 0 || unread.length === 0) {
				return undefined;
			}
		}
	};

	const readRecord = ({type, fragment}: TlsRecord): Outcome | undefined => {
		switch (type) {
			case contentType.alert:
				alerts = join(alerts, fragment);
				return readAlerts();
			case contentType.handshake:
				messages = join(messages, fragment);
				return readMessages();
			case contentType.changeCipherSpec:
				// In TLS 1.3 it may come at any time, means nothing and is dropped. RFC 8446 §5.
				return spec.version === 0x03_04 && fragment.length === 1 && fragment[0] === 1 ? undefined : unexpectedRecord(type);
			default:
				return unexpectedRecord(type);
		}
	};

	const unexpectedRecord = (type: number): Outcome =>
		provisional ?? malformed('type', `${contentTypeLabel(type)} where a ServerHello belongs`);

	const readAlerts = (): Outcome | undefined => {
		// After a ServerHello an alert is about our silence, not about the version.
		while (alerts.length >= 2 && provisional === undefined) {
			const {level, description} = decode(alert, alerts.subarray(0, 2));
			alerts = alerts.subarray(2);
			if (level !== alertLevel.warning) {
				return {kind: 'alert', level, description, anomalies};
			}

			lastWarning = {level, description};
			warnings += 1;
			if (warnings > mostWarnings) {
				return malformed('Alert', 'warning alerts without end');
			}
		}

		return provisional;
	};

	const readMessages = (): Outcome | undefined => {
		while (messages.length >= 4) {
			const length = messages[1]! * 65_536 + messages[2]! * 256 + messages[3]!;
			if (length > mostBytes) {
				return provisional ?? malformed('length', `a handshake message of ${length} bytes`);
			}

			if (messages.length < 4 + length) {
				return undefined;
			}

			const outcome = readMessage({type: messages[0]!, body: messages.subarray(4, 4 + length)});
			messages = messages.subarray(4 + length);
			if (outcome !== undefined) {
				return outcome;
			}
		}

		return undefined;
	};

	const readMessage = ({type, body}: Handshake): Outcome | undefined => {
		if (provisional !== undefined) {
			return readKeyExchange(type, body);
		}

		switch (type) {
			case handshakeType.helloRequest:
				// To be ignored by a client that is already shaking hands. RFC 5246 §7.4.1.1.
				note('hello-request-first');
				return undefined;
			case handshakeType.serverHello: {
				if (warnings > 0) {
					note('warning-alert-first');
				}

				const outcome = weighServerHello(decode(serverHello, body), spec, built, anomalies);
				if (outcome.kind !== 'server-hello' || keyExchangeOf(outcome.cipherSuite) === 'other' || outcome.version > 0x03_03) {
					return outcome;
				}

				provisional = outcome;
				return undefined;
			}
			case handshakeType.clientHello:
				// Behind its record header and its own.
				return isEqual(body, sent.subarray(9)) ? echo() : malformed('msg_type', 'client_hello where a ServerHello belongs');
			default:
				return malformed('msg_type', `${handshakeTypeLabel(type)} where a ServerHello belongs`);
		}
	};

	/** The group of a TLS 1.2 key exchange stands behind the certificate. Nothing in it can change the outcome. */
	const readKeyExchange = (type: number, body: Uint8Array): Outcome | undefined => {
		if (provisional?.kind !== 'server-hello' || type !== handshakeType.serverKeyExchange) {
			return type === handshakeType.serverHelloDone ? provisional : undefined;
		}

		try {
			const reader = new Reader(body);
			return keyExchangeOf(provisional.cipherSuite) === 'ecdhe'
				? {...provisional, group: readNamedCurve(reader)}
				: {...provisional, primeBits: readPrimeBits(reader)};
		} catch {
			return provisional;
		}
	};

	const readSsl2 = (): Outcome | undefined => {
		if (unread.length < 3) {
			return undefined;
		}

		const header = ssl2RecordHeader(unread);
		if (header === undefined) {
			return readBanner();
		}

		const {headerLength, bodyLength} = header;
		if (unread.length < headerLength + bodyLength) {
			return undefined;
		}

		const body = unread.subarray(headerLength, headerLength + bodyLength);
		if (body[0] !== 4) {
			return malformed('MSG-SERVER-HELLO', 'an SSL 2 error message');
		}

		const hello = decode(ssl2ServerHello, body);
		if (hello.cipherKinds.length === 0) {
			note('no-cipher-kinds');
		}

		return {kind: 'server-hello', version: hello.version, cipherSuite: hello.cipherKinds[0] ?? 0, anomalies};
	};

	const note = (anomaly: Anomaly): void => {
		if (!anomalies.includes(anomaly)) {
			anomalies.push(anomaly);
		}
	};

	const malformed = (field: string, problem: string): Outcome => ({kind: 'malformed', field, offset: receivedBytes, problem});

	const readUnread = (): Outcome | undefined => {
		if (isBanner) {
			return readBanner();
		}

		if (!looksLikeRecord(unread) && messages.length === 0 && alerts.length === 0 && receivedBytes === unread.length) {
			return spec.version === 0x00_02 || spec.layout?.format === 'ssl2' ? readSsl2() : readBanner();
		}

		return readRecords();
	};

	return {
		// No getter: objects with getters of their own have hidden classes of their own, which outlive them.
		provisional: () => provisional,
		push(chunk) {
			receivedBytes += chunk.length;
			unread = join(unread, chunk);
			try {
				const outcome = readUnread();
				if (outcome !== undefined) {
					return outcome;
				}
			} catch (error) {
				if (error instanceof DecodeError) {
					return provisional ?? {kind: 'malformed', field: error.field, offset: error.offset, problem: error.message};
				}

				throw error;
			}

			if (receivedBytes >= mostBytes) {
				return provisional ?? malformed('ServerHello', `${receivedBytes} bytes without an answer`);
			}

			// The chunk is not ours to keep.
			unread = unread.slice();
			messages = messages.slice();
			alerts = alerts.slice();
			return undefined;
		},
		end(how, elapsedMs) {
			if (provisional !== undefined) {
				return provisional;
			}

			if (unread.length + messages.length + alerts.length > 0) {
				return malformed('ServerHello', `${how === 'timeout' ? `unfinished after ${elapsedMs} ms` : how} in the middle of a message`);
			}

			if (how === 'timeout') {
				return {kind: 'silent', afterMs: elapsedMs, receivedBytes};
			}

			return lastWarning === undefined ? {kind: how} : {kind: 'alert', ...lastWarning, anomalies};
		},
	};
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
	if (first.length === 0) {
		return second;
	}

	const joined = new Uint8Array(first.length + second.length);
	joined.set(first);
	joined.set(second, first.length);
	return joined;
}
