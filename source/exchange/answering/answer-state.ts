import type {Alert} from '../../wire/alert.js';
import type {BuiltHello} from '../built-hello.js';
import type {EncryptedFlight, OpenFlight} from '../encrypted-flight.js';
import type {HelloSpec} from '../hello-spec.js';
import type {Anomaly, Outcome} from '../outcome.js';

/** What may be read before an answer, and after it for the group of a key exchange. */
export const mostBytes = 65_536;

/** How far an answer has been read. Data for functions instead of closures: lists read thousands of answers a second. */
export type AnswerState = {
	readonly spec: HelloSpec;
	readonly built: BuiltHello;
	/** What has no whole record yet, or is clear text. */
	unread: Uint8Array;
	/** What has no whole handshake message yet. */
	messages: Uint8Array;
	/** What `messages` was put together in. Behind them it is free. */
	room: ArrayBufferLike | undefined;
	alerts: Uint8Array;
	receivedBytes: number;
	provisional: Outcome | undefined;
	lastWarning: Alert | undefined;
	warnings: number;
	readonly anomalies: Anomaly[];
	isBanner: boolean;
	readonly openFlight: OpenFlight | undefined;
	/** What comes behind the ServerHello of TLS 1.3. */
	encrypted: EncryptedFlight | undefined;
};

export const nothing = new Uint8Array();

export const malformed = ({receivedBytes}: AnswerState, field: string, problem: string): Outcome => ({
	kind: 'malformed',
	field,
	offset: receivedBytes,
	problem,
});

/** Put a fragment behind the messages. Their room doubles, so that a message in many small records takes no more time than in one. */
export function makeBufferedWriter(state: AnswerState, fragment: Uint8Array): void {
	const {messages, room} = state;
	if (messages.length === 0) {
		state.messages = fragment;
		return;
	}

	const length = messages.length + fragment.length;
	const hasRoom = messages.buffer === room && messages.byteOffset + length <= room.byteLength;
	const joined = hasRoom ? new Uint8Array(room, messages.byteOffset, length) : new Uint8Array(2 * length).subarray(0, length);
	if (!hasRoom) {
		joined.set(messages);
		state.room = joined.buffer;
	}

	joined.set(fragment, messages.length);
	state.messages = joined;
}

export function join(first: Uint8Array, second: Uint8Array): Uint8Array {
	if (first.length === 0) {
		return second;
	}

	const joined = new Uint8Array(first.length + second.length);
	joined.set(first);
	joined.set(second, first.length);
	return joined;
}
