import {randomBytes} from 'node:crypto';
import {fromHex} from '../../source/bytes/hex.js';
import {buildHello} from '../../source/exchange/build-hello.js';
import type {Completion, HandshakeSpec} from '../../source/exchange/completing/completion.js';
import type {TurnAnswer, TurnEnd, Until} from '../../source/exchange/turns/turn.js';
import {type RecordWatch, watchRecords} from '../../source/exchange/turns/watch-records.js';
import type {Ask, Conversation} from '../../source/probes/probe.js';
import {splitRecords, type TlsRecord} from '../../source/wire/record.js';
import {honest, message, serverHelloMessage} from './honest-server.js';
import {exchangeWith} from './play-suites.js';
import {type ReadHello, readHello, records, type Script} from './script.js';

/** The answer of a server: bytes, and perhaps the end of the connection. */
export type Said = {readonly bytes?: Uint8Array; readonly end?: 'closed' | 'reset'};

/** One connection of a server. `flight` answers a hello, and `onRecord` each whole record. */
export type ServedConnection = {
	readonly flight: (hello: ReadHello) => Said;
	readonly onRecord: (record: TlsRecord) => Said;
};

export type RecordServer = {
	readonly connect: (connection: number) => ServedConnection;
	/** Answers hellos without further turns. */
	readonly script?: Script;
	/** The outcome of a whole handshake. */
	readonly complete?: (handshake: HandshakeSpec, connection: number) => Partial<Completion>;
};

/** A first flight up to ServerHelloDone. */
export const flightOf = (hello: ReadHello, ...between: readonly Uint8Array[]): Uint8Array =>
	records(Buffer.concat([serverHelloMessage(hello), ...between, message(14, new Uint8Array())]));

export const say = (...parts: readonly Uint8Array[]): Said => ({bytes: Buffer.concat(parts)});
export const alertOf = (description: number): Uint8Array => Uint8Array.of(21, 3, 3, 0, 2, 2, description);

type Open = {
	readonly served: ServedConnection;
	readonly watch: RecordWatch;
	/** Bytes that the server has sent and that were not read. */
	pending: Buffer;
	received: Buffer;
	end: 'closed' | 'reset' | undefined;
};

/**
Let a conversation ask a server in memory. Hellos are encoded and records are split as on a connection, without sockets and without waiting.

@param size - How many bytes come at once.
*/
export function playRecords<Value>(
	conversation: Conversation<Value, Ask>,
	{connect, script = honest(), complete}: RecordServer,
	size = Number.POSITIVE_INFINITY,
): {readonly value: Value; readonly connections: number} {
	const open = new Map<number, Open>();
	let connections = 0;
	const begin = (): {readonly attempt: number; readonly connection: Open} => {
		const attempt = connections++;
		const connection: Open = {
			served: connect(attempt),
			watch: watchRecords(),
			pending: Buffer.alloc(0),
			received: Buffer.alloc(0),
			end: undefined,
		};
		open.set(attempt, connection);
		return {attempt, connection};
	};
	const answerTo = (ask: Ask): unknown => {
		switch (ask.kind) {
			case 'hello': {
				const attempt = connections++;
				return {outcome: exchangeWith(script, ask.hello, {connection: attempt, atOnce: 1}), attempt, durationMs: 1};
			}

			case 'handshake': {
				const attempt = connections++;
				const completion = complete?.(ask.handshake, attempt);
				if (completion === undefined) {
					throw new Error('this server completes no handshakes');
				}

				return {wantsCertificate: false, answer: undefined, chain: [], durationMs: 1, ...completion, attempt};
			}

			case 'records': {
				const {attempt, connection} = begin();
				return {kind: 'turn', attempt, turn: take(connection, ask.records.turn, size)};
			}

			case 'turn':
				return {kind: 'turn', attempt: ask.on, turn: take(open.get(ask.on)!, ask.turn, size)};
			default:
				throw new Error(`nothing plays a ${ask.kind}`);
		}
	};
	let step = conversation.next([]);
	while (!step.done) {
		step = conversation.next(step.value.map(answerTo) as unknown as readonly never[]);
	}

	return {value: step.value, connections};
}

function take(connection: Open, {send, until}: {readonly send: readonly unknown[]; readonly until: Until}, size: number): TurnAnswer {
	const sent = Buffer.concat(
		(send as readonly {readonly kind: string; readonly bytes: string; readonly hello: Parameters<typeof buildHello>[0]}[]).map(item =>
			item.kind === 'hello' ? buildHello(item.hello, count => randomBytes(count)).bytes : fromHex(item.bytes),
		),
	);
	hear(connection, sent);
	const start = connection.pending;
	let length = 0;
	let end: TurnEnd | undefined;
	while (end === undefined && length < start.length) {
		const piece = start.subarray(length, Math.min(start.length, length + size));
		length += piece.length;
		end = connection.watch.push(piece, until);
	}

	connection.pending = start.subarray(length);
	return {end: end ?? connection.end ?? 'timeout', sent, received: start.subarray(0, length), durationMs: 1};
}

/** Give the bytes to the server: the hello first, and then each whole record. */
function hear(connection: Open, sent: Buffer): void {
	const hello = sent[0] === 22 && sent[5] === 1 ? readHello(sent) : undefined;
	if (hello !== undefined) {
		answer(connection, connection.served.flight(hello));
		return;
	}

	const {records: whole, consumed} = splitRecords(Buffer.concat([connection.received, sent]));
	connection.received = Buffer.concat([connection.received, sent]).subarray(consumed);
	for (const record of whole) {
		if (connection.end === undefined) {
			answer(connection, connection.served.onRecord(record));
		}
	}
}

function answer(connection: Open, {bytes = new Uint8Array(), end}: Said): void {
	connection.pending = Buffer.concat([connection.pending, bytes]);
	connection.end ??= end;
}
