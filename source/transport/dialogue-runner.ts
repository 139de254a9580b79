import {performance} from 'node:perf_hooks';
import type {Connection, ConnectionListener} from './connection.js';
import {type Dialogue, isTls, type Refusal, wordsOf} from './dialogue.js';
import {interruptOf} from './interrupt.js';

/** The most bytes to read for one answer. */
const mostBytes = 32_768;

export type DialogueEnd =
	| {readonly kind: 'agreed'}
	| {readonly kind: 'refused'; readonly refusal: Refusal}
	/**
	`ETIMEDOUT`, `ECONNRESET`, another code of the system, `EOF` if the peer closed the connection, or `UNFINISHED` if an answer was not complete in
	time.
	*/
	| {readonly kind: 'failed'; readonly code: string}
	| {readonly kind: 'cancelled'};

/** A connection during its plaintext dialogues. */
export type DialogueRunner = {
	/** Runs a dialogue, until `byMs` on the clock of `performance.now()`. */
	readonly run: (dialogue: Dialogue, byMs: number, signal: AbortSignal | undefined) => Promise<DialogueEnd>;
	/**
	Hand the connection over, with the received bytes that no dialogue has read.

	@param isClearOver - The peer must not have sent anything yet: bytes that have arrived are an injection, and are discarded.
	*/
	readonly release: (isClearOver: boolean) => Connection;
	/** Why the connection ended, if it did: a code as in `failed`. */
	readonly ended: () => string | undefined;
	readonly close: () => void;
};

export function makeDialogueRunner(connection: Connection): DialogueRunner {
	/** Received bytes that no dialogue has read. They are at the end of `room`, which grows by doubling. */
	let unread: Buffer = Buffer.alloc(0);
	let room: Buffer = unread;
	let ended: string | undefined;
	let wake = (): void => {};

	const append = (bytes: Uint8Array): void => {
		const start = unread.byteOffset - room.byteOffset;
		const end = start + unread.length;
		if (room.length - end < bytes.length) {
			const larger = Buffer.allocUnsafeSlow(Math.max(256, 2 * (unread.length + bytes.length)));
			unread.copy(larger);
			room = larger;
			larger.set(bytes, unread.length);
			unread = larger.subarray(0, unread.length + bytes.length);
		} else {
			room.set(bytes, end);
			unread = room.subarray(start, end + bytes.length);
		}
	};

	connection.listen({
		onBytes(bytes) {
			if (unread.length <= mostBytes) {
				append(bytes);
				wake();
			}
		},
		onOver(code) {
			ended = code;
			wake();
		},
	});

	/** The length of the answer, once it has arrived. */
	const answer = (until: (bytes: Uint8Array) => number | undefined, latestMs: number, signal: AbortSignal | undefined, mostMs?: number) =>
		new Promise<number | Exclude<DialogueEnd, {kind: 'agreed'}>>(resolve => {
			const byMs = Math.min(latestMs, performance.now() + (mostMs ?? Number.POSITIVE_INFINITY));
			const finish = (value: Parameters<typeof resolve>[0]): void => {
				clearTimeout(timer);
				interruptOf(signal).leave(place, onAbort);
				wake = () => {};
				resolve(value);
			};

			const onAbort = (): void => finish({kind: 'cancelled'});
			const fail = (code: string): void => finish(mostMs === undefined ? {kind: 'failed', code} : unread.length);
			// It sent a part of an answer: report that text rather than a timeout.
			const close = (code: string): void =>
				mostMs === undefined && code === 'EOF' && unread.length > 0
					? finish({
							kind: 'refused',
							refusal: {...earlyEnd(unread), isRefusedEarly: true, words: `it closed the connection after ${wordsOf(unread)}`},
						})
					: fail(code);
			const giveUp = (): void => fail(unread.length === 0 ? 'ETIMEDOUT' : 'UNFINISHED');
			// After a stall of this process, timers fire before bytes that arrived earlier: handle the bytes first.
			const timer = setTimeout(() => setImmediate(giveUp), Math.max(0, byMs - performance.now()));
			const place = interruptOf(signal).join(onAbort);
			wake = (): void => {
				const length = until(unread);
				if (length !== undefined) {
					finish(length);
				} else if (unread.length > mostBytes) {
					finish({kind: 'refused', refusal: {kind: 'other-protocol', words: `more than ${mostBytes} bytes without an answer`}});
				} else if (ended !== undefined) {
					close(ended);
				}
			};
			if (signal?.aborted) {
				onAbort();
			} else {
				wake();
			}
		});

	return {
		async run(dialogue, byMs, signal) {
			let step = dialogue.next();
			while (!step.done) {
				const {send: text, until, mostMs} = step.value;
				if (text !== undefined && ended === undefined) {
					connection.send(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
				}

				const length = until === undefined ? 0 : await answer(until, byMs, signal, mostMs);
				if (typeof length !== 'number') {
					return length;
				}

				const said = unread.subarray(0, length);
				unread = unread.subarray(length);
				step = dialogue.next(said);
			}

			return step.value === undefined ? {kind: 'agreed'} : {kind: 'refused', refusal: step.value};
		},
		release(isClearOver) {
			let isInjected = false;
			const listen = (listener: ConnectionListener): void => {
				isInjected = isClearOver && unread.length > 0;
				connection.listen(listener);
				if (unread.length > 0 && !isInjected) {
					listener.onBytes(unread);
				}

				unread = Buffer.alloc(0);
				if (ended !== undefined) {
					listener.onOver(ended);
				}
			};

			return {...connection, listen, hasInjection: () => isInjected};
		},
		ended: () => ended,
		close: connection.close,
	};
}

/** The known meaning of a server that ended the connection in the middle of an answer. 421 announces this. RFC 5321 §4.2.3. */
const earlyEnd = (said: Uint8Array): Pick<Refusal, 'kind'> =>
	isTls(said) ? {kind: 'tls-at-once'} : said[0] === 0x34 && said[1] === 0x32 && said[2] === 0x31 ? {kind: 'busy'} : {};
