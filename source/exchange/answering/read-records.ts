import {isEqual} from '../../bytes/is-equal.js';
import {Reader} from '../../bytes/reader.js';
import {alert, alertLevel} from '../../wire/alert.js';
import {decode} from '../../wire/codec.js';
import {handshakeType, handshakeTypeLabel} from '../../wire/handshake.js';
import {contentType, contentTypeLabel, nextRecord, type TlsRecord} from '../../wire/record.js';
import {serverHello} from '../../wire/server-hello.js';
import {readNamedCurve, readPrimeBits} from '../../wire/server-key-exchange.js';
import type {EncryptedFlight} from '../encrypted-flight.js';
import {keyExchangeOf} from '../key-exchange.js';
import {noteAnomaly} from '../note-anomaly.js';
import type {Outcome} from '../outcome.js';
import {weighServerHello} from '../weigh-server-hello.js';
import {type AnswerState, join, makeBufferedWriter, malformed, mostBytes} from './answer-state.js';
import {echo} from './read-banner.js';
import {brokenOff, readFlight, startFlight} from './read-flight.js';

const mostWarnings = 8;

/** TLS, record by record, until one says what comes of it. */
export function readRecords(state: AnswerState): Outcome | undefined {
	for (let item = nextRecord(state.unread); item !== undefined; item = nextRecord(state.unread)) {
		state.unread = state.unread.subarray(5 + item.fragment.length);
		const outcome = readRecord(state, item);
		if (outcome !== undefined) {
			return outcome;
		}
	}

	return undefined;
}

function readRecord(state: AnswerState, item: TlsRecord): Outcome | undefined {
	const {type, fragment} = item;
	if (state.encrypted !== undefined && type === contentType.applicationData) {
		return readEncrypted(state, state.encrypted, item);
	}

	switch (type) {
		case contentType.alert:
			state.alerts = join(state.alerts, fragment);
			return isInClear(state.alerts) ? readAlerts(state) : unexpectedRecord(state, type);
		case contentType.handshake:
			makeBufferedWriter(state, fragment);
			return readMessages(state);
		case contentType.changeCipherSpec:
			// In TLS 1.3 it may come at any time, means nothing and is dropped (RFC 9846 §5). Which version answers is not known before the ServerHello.
			return fragment.length === 1 && fragment[0] === 1 ? undefined : unexpectedRecord(state, type);
		default:
			return unexpectedRecord(state, type);
	}
}

/** An alert in the place of the flight, or within it, is the outcome: it refuses what the ServerHello could not. */
function readEncrypted(state: AnswerState, encrypted: EncryptedFlight, item: TlsRecord): Outcome | undefined {
	const read = encrypted.push(item);
	if (read?.kind === 'alert') {
		return read.alert.level === alertLevel.warning && read.alert.description !== closeNotify
			? undefined
			: {kind: 'alert', ...read.alert, anomalies: state.anomalies};
	}

	if (read !== undefined && state.provisional?.kind === 'server-hello') {
		state.provisional = {...state.provisional, flight: read.flight};
	}

	return read === undefined || read.flight.isWhole ? state.provisional : undefined;
}

const closeNotify = 0;

const unexpectedRecord = (state: AnswerState, type: number): Outcome =>
	state.provisional ?? malformed(state, 'type', `${contentTypeLabel(type)} where a ServerHello belongs`);

/**
An encrypted alert has other bytes where levels belong. One alert alone is taken as it stands, whatever level it claims; several in a
record each have a level of 1 or 2 (RFC 9846 §6).
*/
const isInClear = (alerts: Uint8Array): boolean =>
	alerts.length <= 2 || alerts.every((byte, index) => index % 2 === 1 || byte === 1 || byte === 2);

function readAlerts(state: AnswerState): Outcome | undefined {
	// After a ServerHello an alert is not about the version.
	while (state.alerts.length >= 2 && state.provisional === undefined) {
		const {level, description} = decode(alert, state.alerts.subarray(0, 2));
		state.alerts = state.alerts.subarray(2);
		if (level !== alertLevel.warning) {
			return {kind: 'alert', level, description, anomalies: state.anomalies};
		}

		state.lastWarning = {level, description};
		state.warnings += 1;
		if (state.warnings > mostWarnings) {
			return malformed(state, 'Alert', 'too many warning alerts');
		}
	}

	return state.provisional && withAlert(state.provisional, state.alerts);
}

/** Note the alert that ended the flight. A warning does not end it. */
function withAlert(outcome: Outcome, bytes: Uint8Array): Outcome {
	const {level, description} = bytes.length < 2 ? {level: alertLevel.warning, description: 0} : decode(alert, bytes.subarray(0, 2));
	return level === alertLevel.warning ? outcome : brokenOff(outcome, description);
}

function readMessages(state: AnswerState): Outcome | undefined {
	while (state.messages.length >= 4) {
		const {messages} = state;
		const length = messages[1]! * 65_536 + messages[2]! * 256 + messages[3]!;
		if (length > mostBytes) {
			return state.provisional ?? malformed(state, 'length', `a handshake message of ${length} bytes`);
		}

		if (messages.length < 4 + length) {
			return undefined;
		}

		const outcome = readMessage(state, messages[0]!, messages.subarray(4, 4 + length));
		state.messages = messages.subarray(4 + length);
		if (outcome !== undefined) {
			return outcome;
		}
	}

	return undefined;
}

function readMessage(state: AnswerState, type: number, body: Uint8Array): Outcome | undefined {
	if (state.provisional !== undefined && state.spec.readsFlight) {
		state.provisional = readFlight(state.provisional, type, body);
		return type === handshakeType.serverHelloDone ? state.provisional : undefined;
	}

	if (state.provisional !== undefined) {
		return readKeyExchange(state.provisional, type, body);
	}

	switch (type) {
		case handshakeType.helloRequest:
			// To be ignored by a client that is already shaking hands. RFC 5246 §7.4.1.1.
			noteAnomaly(state.anomalies, 'hello-request-first');
			return undefined;
		case handshakeType.serverHello: {
			if (state.warnings > 0) {
				noteAnomaly(state.anomalies, 'warning-alert-first');
			}

			const outcome = weighServerHello(decode(serverHello, body), state.spec, state.built, state.anomalies);
			if (outcome.kind !== 'server-hello' || outcome.version > 0x03_03) {
				state.encrypted =
					outcome.kind === 'server-hello' ? state.openFlight?.(state.built.bytes.subarray(5), messageOf(type, body)) : undefined;
				state.provisional = state.encrypted && outcome;
				return state.encrypted === undefined ? outcome : undefined;
			}

			if (state.spec.readsFlight) {
				state.provisional = {...outcome, flight: startFlight(body)};
				return undefined;
			}

			if (keyExchangeOf(outcome.cipherSuite) === 'other') {
				return outcome;
			}

			state.provisional = outcome;
			return undefined;
		}
		case handshakeType.clientHello: {
			const sent = state.built.bytes;
			// Behind its record header and its own.
			return isEqual(body, sent.subarray(9)) ? echo(sent) : malformed(state, 'msg_type', 'client_hello where a ServerHello belongs');
		}
		default:
			return malformed(state, 'msg_type', `${handshakeTypeLabel(type)} where a ServerHello belongs`);
	}
}

/** With its handshake header. */
const messageOf = (type: number, body: Uint8Array): Uint8Array =>
	Buffer.concat([Uint8Array.of(type, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff), body]);

/** The group of a TLS 1.2 key exchange stands behind the certificate. Nothing in it can change the outcome. */
function readKeyExchange(provisional: Outcome, type: number, body: Uint8Array): Outcome | undefined {
	if (provisional.kind !== 'server-hello' || type !== handshakeType.serverKeyExchange) {
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
}
