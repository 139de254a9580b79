import {DecodeError} from '../bytes/decode-error.js';
import {toHex} from '../bytes/hex.js';
import {isEqual} from '../bytes/is-equal.js';
import {Reader} from '../bytes/reader.js';
import {type Alert, alert, alertLevel} from '../wire/alert.js';
import {decode} from '../wire/codec.js';
import {handshakeType, handshakeTypeLabel} from '../wire/handshake.js';
import {contentType, contentTypeLabel, looksLikeRecord, nextRecord, type TlsRecord} from '../wire/record.js';
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
	const state: State = {
		spec,
		built,
		unread: nothing,
		messages: nothing,
		alerts: nothing,
		receivedBytes: 0,
		provisional: undefined,
		lastWarning: undefined,
		warnings: 0,
		anomalies: [],
		isBanner: false,
	};
	return {
		// No getter: objects with getters of their own have hidden classes of their own, which outlive them.
		provisional: () => state.provisional,
		push: chunk => push(state, chunk),
		end: (how, elapsedMs) => end(state, how, elapsedMs),
	};
}

/** How far an answer has been read. Data for functions instead of closures: lists read thousands of answers a second. */
type State = {
	readonly spec: HelloSpec;
	readonly built: BuiltHello;
	/** What has no whole record yet, or is clear text. */
	unread: Uint8Array;
	/** What has no whole handshake message yet. */
	messages: Uint8Array;
	alerts: Uint8Array;
	receivedBytes: number;
	provisional: Outcome | undefined;
	lastWarning: Alert | undefined;
	warnings: number;
	readonly anomalies: Anomaly[];
	isBanner: boolean;
};

const nothing = new Uint8Array();

function push(state: State, chunk: Uint8Array): Outcome | undefined {
	state.receivedBytes += chunk.length;
	state.unread = join(state.unread, chunk);
	try {
		const outcome = readUnread(state);
		if (outcome !== undefined) {
			return outcome;
		}
	} catch (error) {
		if (error instanceof DecodeError) {
			return state.provisional ?? {kind: 'malformed', field: error.field, offset: error.offset, problem: error.message};
		}

		throw error;
	}

	if (state.receivedBytes >= mostBytes) {
		return state.provisional ?? malformed(state, 'ServerHello', `${state.receivedBytes} bytes without an answer`);
	}

	// The chunk is not ours to keep.
	state.unread = state.unread.slice();
	state.messages = state.messages.slice();
	state.alerts = state.alerts.slice();
	return undefined;
}

function end(state: State, how: 'closed' | 'reset' | 'timeout', elapsedMs: number): Outcome {
	const {provisional, unread, messages, alerts, receivedBytes, lastWarning, anomalies} = state;
	if (provisional !== undefined) {
		return provisional;
	}

	if (unread.length + messages.length + alerts.length > 0) {
		const words = how === 'timeout' ? `unfinished after ${elapsedMs} ms` : how;
		return malformed(state, 'ServerHello', `${words} in the middle of a message`);
	}

	if (how === 'timeout') {
		return {kind: 'silent', afterMs: elapsedMs, receivedBytes};
	}

	return lastWarning === undefined ? {kind: how} : {kind: 'alert', ...lastWarning, anomalies};
}

function readUnread(state: State): Outcome | undefined {
	if (state.isBanner) {
		return readBanner(state);
	}

	const {unread, spec} = state;
	const isFirst = state.receivedBytes === unread.length && state.messages.length === 0 && state.alerts.length === 0;
	if (isFirst && !looksLikeRecord(unread)) {
		return spec.version === 0x00_02 || spec.layout?.format === 'ssl2' ? readSsl2(state) : readBanner(state);
	}

	return readRecords(state);
}

function readBanner(state: State): Outcome | undefined {
	const {unread} = state;
	const start = unread.subarray(0, bannerBytes);
	state.isBanner = true;
	state.provisional = isEcho(start, state.built.bytes)
		? echo(state.built.bytes)
		: {kind: 'not-tls', firstBytes: toHex(start.subarray(0, 64)), looksLike: looksLike(start)};
	return unread.length >= bannerBytes || unread.includes(0x0a) ? state.provisional : undefined;
}

const isEcho = (bytes: Uint8Array, sent: Uint8Array): boolean => bytes.length >= 8 && isEqual(bytes, sent.subarray(0, bytes.length));

/** A server that sends back what it was sent, and nothing of its own. */
const echo = (sent: Uint8Array): Outcome => ({
	kind: 'not-tls',
	firstBytes: toHex(sent.subarray(0, 64)),
	looksLike: {protocol: 'echo', hint: 'this port sends back what it is sent'},
});

function readRecords(state: State): Outcome | undefined {
	for (let item = nextRecord(state.unread); item !== undefined; item = nextRecord(state.unread)) {
		state.unread = state.unread.subarray(5 + item.fragment.length);
		const outcome = readRecord(state, item);
		if (outcome !== undefined) {
			return outcome;
		}
	}

	return undefined;
}

function readRecord(state: State, {type, fragment}: TlsRecord): Outcome | undefined {
	switch (type) {
		case contentType.alert:
			state.alerts = join(state.alerts, fragment);
			return readAlerts(state);
		case contentType.handshake:
			state.messages = join(state.messages, fragment);
			return readMessages(state);
		case contentType.changeCipherSpec:
			// In TLS 1.3 it may come at any time, means nothing and is dropped. RFC 8446 §5.
			return state.spec.version === 0x03_04 && fragment.length === 1 && fragment[0] === 1 ? undefined : unexpectedRecord(state, type);
		default:
			return unexpectedRecord(state, type);
	}
}

const unexpectedRecord = (state: State, type: number): Outcome =>
	state.provisional ?? malformed(state, 'type', `${contentTypeLabel(type)} where a ServerHello belongs`);

function readAlerts(state: State): Outcome | undefined {
	// After a ServerHello an alert is about our silence, not about the version.
	while (state.alerts.length >= 2 && state.provisional === undefined) {
		const {level, description} = decode(alert, state.alerts.subarray(0, 2));
		state.alerts = state.alerts.subarray(2);
		if (level !== alertLevel.warning) {
			return {kind: 'alert', level, description, anomalies: state.anomalies};
		}

		state.lastWarning = {level, description};
		state.warnings += 1;
		if (state.warnings > mostWarnings) {
			return malformed(state, 'Alert', 'warning alerts without end');
		}
	}

	return state.provisional;
}

function readMessages(state: State): Outcome | undefined {
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

function readMessage(state: State, type: number, body: Uint8Array): Outcome | undefined {
	if (state.provisional !== undefined) {
		return readKeyExchange(state.provisional, type, body);
	}

	switch (type) {
		case handshakeType.helloRequest:
			// To be ignored by a client that is already shaking hands. RFC 5246 §7.4.1.1.
			note(state, 'hello-request-first');
			return undefined;
		case handshakeType.serverHello: {
			if (state.warnings > 0) {
				note(state, 'warning-alert-first');
			}

			const outcome = weighServerHello(decode(serverHello, body), state.spec, state.built, state.anomalies);
			if (outcome.kind !== 'server-hello' || outcome.version > 0x03_03 || keyExchangeOf(outcome.cipherSuite) === 'other') {
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

function readSsl2(state: State): Outcome | undefined {
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
		note(state, 'no-cipher-kinds');
	}

	return {kind: 'server-hello', version: hello.version, cipherSuite: hello.cipherKinds[0] ?? 0, anomalies};
}

function note({anomalies}: State, anomaly: Anomaly): void {
	if (!anomalies.includes(anomaly)) {
		anomalies.push(anomaly);
	}
}

const malformed = ({receivedBytes}: State, field: string, problem: string): Outcome => ({
	kind: 'malformed',
	field,
	offset: receivedBytes,
	problem,
});

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
	if (first.length === 0) {
		return second;
	}

	const joined = new Uint8Array(first.length + second.length);
	joined.set(first);
	joined.set(second, first.length);
	return joined;
}
