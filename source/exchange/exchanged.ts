import type {Completion, HandshakeSpec} from './completing/completion.js';
import type {HelloSpec} from './hello-spec.js';
import type {Transcript} from './transcript.js';
import type {Conversed, RecordsSpec} from './turns/turn.js';

/** A connection for a hello. */
export type HelloExchange = {readonly kind: 'hello'; readonly hello: HelloSpec; readonly transcript: Transcript};

/** A connection for a whole handshake. */
export type HandshakeExchange = {
	readonly kind: 'handshake';
	readonly handshake: HandshakeSpec;
	readonly transcript: Transcript<Completion>;
};

/** A connection for a conversation of records. */
export type RecordsExchange = {readonly kind: 'records'; readonly records: RecordsSpec; readonly transcript: Transcript<Conversed>};

/** One connection: what was asked on it, and what was said. */
export type Exchanged = HelloExchange | HandshakeExchange | RecordsExchange;

/** What is asked on a connection, whatever the answer. */
export type Asked = Omit<HelloExchange, 'transcript'> | Omit<HandshakeExchange, 'transcript'> | Omit<RecordsExchange, 'transcript'>;

/** What is said of it, whatever its kind. */
export function specOf(asked: Asked): HelloSpec | HandshakeSpec | RecordsSpec {
	switch (asked.kind) {
		case 'hello':
			return asked.hello;
		case 'handshake':
			return asked.handshake;
		case 'records':
			return asked.records;
		default:
			return asked satisfies never;
	}
}

/** What was asked, in the words of evidence and recordings: the version, the way of asking, and the name for SNI. */
export type AskInBrief = {readonly version: number; readonly shape: string; readonly serverName: string | undefined};

export function askInBrief(asked: Asked): AskInBrief {
	switch (asked.kind) {
		case 'hello': {
			const {version, shape, extensions} = asked.hello;
			return {version, shape, serverName: extensions?.serverName};
		}
		case 'handshake': {
			const {version, serverName} = asked.handshake;
			return {version, shape: 'handshake', serverName};
		}
		case 'records': {
			const {version, shape, serverName} = asked.records;
			return {version, shape, serverName};
		}
		default:
			return asked satisfies never;
	}
}
