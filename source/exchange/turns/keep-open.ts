import {fromHex} from '../../bytes/hex.js';
import {interruptOf} from '../../transport/interrupt.js';
import {buildHello} from '../build-hello.js';
import {type ConverseOptions, cutBy, hasCome} from '../converse.js';
import type {Flight} from '../transcript.js';
import type {OpenConnection, TakenTurn} from './open-connection.js';
import type {Sent, Turn, TurnAnswer, TurnEnd} from './turn.js';
import {watchRecords} from './watch-records.js';

/** What may ever come over one connection in all its turns: long lists of certificate authorities fit into it. */
const mostBytes = 524_288;

/** Where turns go out, and how they end. */
export type Channel = {
	/** Send bytes as they are. */
	readonly send: (bytes: Uint8Array) => void;
	/** Have the TLS library encrypt and send them; undefined where it takes no part. */
	readonly sendData?: ((data: Uint8Array) => void) | undefined;
	readonly close: () => void;
};

/** What receives the events of the connection. What comes between turns waits for the next one. */
export type Inbox = {
	/** Bytes as they went out. They are copied. */
	readonly onSent: (bytes: Uint8Array) => void;
	/** Bytes as they came in. They are copied. */
	readonly onBytes: (bytes: Uint8Array) => void;
	/** What the TLS library decrypted of them. */
	readonly onData: (data: Uint8Array) => void;
	readonly onOver: (end: TurnEnd) => void;
};

/**
Make turns of what goes over a connection. It is bounded in bytes, and in time by each turn's and by the deadline.

@param startedAt - When the connection was asked for, on the clock of `now`.
*/
export function keepOpen(
	channel: Channel,
	options: ConverseOptions,
	startedAt: number,
): {readonly inbox: Inbox; readonly open: OpenConnection} {
	const {now, isRecorded, random, signal} = options;
	const watch = watchRecords();
	let flights: Flight[] = [];
	let received: Uint8Array[] = [];
	let sent: Uint8Array[] = [];
	let data: Uint8Array[] = [];
	/** How much of `received` the watch has seen. */
	let seen = 0;
	let receivedBytes = 0;
	/** The end of the text that was looked at for an empty line. */
	let tail = '';
	let over: TurnEnd | undefined;
	let onNews: (() => void) | undefined;

	const keep = (from: Flight['from'], bytes: Uint8Array, into: Uint8Array[]): void => {
		const copy = bytes.slice();
		into.push(copy);
		if (isRecorded) {
			flights.push({from, bytes: copy, atMs: now() - startedAt});
		}
	};

	const inbox: Inbox = {
		onSent: bytes => keep('client', bytes, sent),
		onBytes(bytes) {
			if (over === undefined) {
				receivedBytes += bytes.length;
				keep('server', bytes, received);
				over = receivedBytes > mostBytes ? 'flooded' : undefined;
				onNews?.();
			}
		},
		onData(bytes) {
			data.push(bytes.slice());
			onNews?.();
		},
		onOver(end) {
			over ??= end;
			onNews?.();
		},
	};

	const send = (item: Sent): void => {
		switch (item.kind) {
			case 'hello':
				channel.send(buildHello(item.hello, random).bytes);
				break;
			case 'bytes':
				channel.send(fromHex(item.bytes));
				break;
			case 'application-data':
				if (channel.sendData === undefined) {
					throw new Error('application data is sent only after a handshake, and before bytes as they are');
				}

				channel.sendData(fromHex(item.data));
				break;
			default:
				item satisfies never;
		}
	};

	/** Whether one is in the bytes since the last look, or where that begins. */
	const hasEmptyLine = (): boolean => {
		let isFound = false;
		for (; seen < received.length; seen++) {
			const text = tail + Buffer.from(received[seen]!).toString('latin1');
			isFound ||= /\n\r?\n/.test(text);
			tail = text.slice(-2);
		}

		return isFound;
	};

	/** What ends a turn, by the bytes received so far. They count before the end of the connection. */
	const endBy = ({until}: Turn): TurnEnd | undefined => {
		if (until.kind === 'empty-line') {
			return hasEmptyLine() ? 'until' : over;
		}

		let end: TurnEnd | undefined;
		for (; seen < received.length; seen++) {
			end ??= watch.push(received[seen]!, until);
		}

		if (until.kind === 'nothing') {
			return 'until';
		}

		return until.kind === 'application-data' && data.length > 0 ? 'until' : (end ?? over);
	};

	const take = (end: TurnEnd, since: number): TakenTurn => {
		const answer: TurnAnswer = {
			end,
			...(end === 'unanswered' ? {because: cutBy(signal)} : {}),
			sent: Buffer.concat(sent),
			received: Buffer.concat(received),
			...(channel.sendData === undefined ? {} : {applicationData: Buffer.concat(data)}),
			durationMs: now() - since,
		};
		const taken = {answer, flights, endedAtMs: now() - startedAt};
		[flights, received, sent, data, seen] = [[], [], [], [], 0];
		return taken;
	};

	return {
		inbox,
		open: {
			turn: turn =>
				new Promise((resolve, reject) => {
					try {
						runTurn(turn, resolve);
					} catch (error) {
						// Such as a hello that cannot be encoded.
						reject(error);
					}
				}),
			close: channel.close,
		},
	};

	function runTurn(turn: Turn, resolve: (taken: TakenTurn) => void): void {
		const {timeoutMs} = options;
		const deadline = options.deadline.atMs;
		const since = now();
		const mostMs = Math.min(turn.timeoutMs ?? timeoutMs, timeoutMs);
		const interrupt = interruptOf(signal);
		let place = -1;
		let timer: NodeJS.Timeout | undefined;
		const finish = (end: TurnEnd): void => {
			onNews = undefined;
			clearTimeout(timer);
			interrupt.leave(place, onAbort);
			resolve(take(end, since));
		};

		const onAbort = (): void => finish('unanswered');
		const read = (): boolean => {
			const end = endBy(turn);
			if (end !== undefined) {
				finish(end);
			}

			return end !== undefined;
		};

		if (signal?.aborted) {
			finish('unanswered');
			return;
		}

		if (over === undefined) {
			for (const item of turn.send) {
				send(item);
			}
		}

		if (read()) {
			return;
		}

		onNews = read;
		// After everything is sent, so that a turn that cannot be encoded leaves no listener.
		place = interrupt.join(onAbort);
		// After a stall of ours, timers come before the bytes that have long arrived: those go first.
		const onTimeout = (): void =>
			void setImmediate(() => {
				if (onNews === read) {
					finish(hasCome(deadline, now()) && deadline < since + mostMs ? 'unanswered' : 'timeout');
				}
			});
		timer = setTimeout(onTimeout, Math.max(0, Math.ceil(Math.min(mostMs, deadline - since))));
	}
}
