import {DecodeError} from '../bytes/decode-error.js';
import {looksLikeRecord} from '../wire/record.js';
import {type AnswerState, join, malformed, mostBytes, nothing} from './answering/answer-state.js';
import {readBanner} from './answering/read-banner.js';
import {brokenOff} from './answering/read-flight.js';
import {readRecords} from './answering/read-records.js';
import {readSsl2} from './answering/read-ssl2.js';
import type {BuiltHello} from './built-hello.js';
import type {OpenFlight} from './encrypted-flight.js';
import type {HelloSpec} from './hello-spec.js';
import type {Outcome} from './outcome.js';

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
@param openFlight - Reads on where the answer is encrypted, for a spec that asks for it.
*/
export function readAnswer(spec: HelloSpec, built: BuiltHello, openFlight?: OpenFlight): AnswerReader {
	const state: AnswerState = {
		spec,
		built,
		unread: nothing,
		messages: nothing,
		room: undefined,
		alerts: nothing,
		receivedBytes: 0,
		provisional: undefined,
		lastWarning: undefined,
		warnings: 0,
		anomalies: [],
		isBanner: false,
		openFlight,
		encrypted: undefined,
	};
	return {
		// No getter: each object literal with a getter has its own hidden class, which outlives the object.
		provisional: () => state.provisional,
		push: chunk => push(state, chunk),
		end: (how, elapsedMs) => end(state, how, elapsedMs),
	};
}

function push(state: AnswerState, chunk: Uint8Array): Outcome | undefined {
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
	if (state.messages.buffer !== state.room) {
		state.messages = state.messages.slice();
	}

	state.alerts = state.alerts.slice();
	return undefined;
}

function end(state: AnswerState, how: 'closed' | 'reset' | 'timeout', elapsedMs: number): Outcome {
	const {provisional, unread, messages, alerts, receivedBytes, lastWarning, anomalies} = state;
	if (provisional !== undefined) {
		return how === 'timeout' ? provisional : brokenOff(provisional, 'closed');
	}

	// What has not arrived yet may still be right: only the end of a connection breaks a message.
	if (how === 'timeout') {
		return {kind: 'silent', afterMs: elapsedMs, receivedBytes};
	}

	if (unread.length + messages.length + alerts.length > 0) {
		return malformed(state, 'ServerHello', `${how} in the middle of a message`);
	}

	return lastWarning === undefined ? {kind: how} : {kind: 'alert', ...lastWarning, anomalies};
}

function readUnread(state: AnswerState): Outcome | undefined {
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
