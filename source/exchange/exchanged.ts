import type {Question} from '../wire/dns/question.js';
import type {Completion, HandshakeSpec} from './completing/completion.js';
import type {HelloSpec} from './hello-spec.js';
import type {NameAnswer} from './questions/name-answer.js';
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

/** A question to the DNS: not to the endpoint, and no connection to it. */
export type QuestionExchange = {readonly kind: 'question'; readonly question: Question; readonly transcript: Transcript<NameAnswer>};

/** One connection, or one question to the DNS: what was asked, and what was said. */
export type Exchanged = HelloExchange | HandshakeExchange | RecordsExchange | QuestionExchange;

/** What is asked, whatever the answer. */
export type AskedExchange =
	| Omit<HelloExchange, 'transcript'>
	| Omit<HandshakeExchange, 'transcript'>
	| Omit<RecordsExchange, 'transcript'>
	| Omit<QuestionExchange, 'transcript'>;

/** What is said of it, whatever its kind. */
export function specOf(asked: AskedExchange): HelloSpec | HandshakeSpec | RecordsSpec | Question {
	switch (asked.kind) {
		case 'hello':
			return asked.hello;
		case 'handshake':
			return asked.handshake;
		case 'records':
			return asked.records;
		case 'question':
			return asked.question;
		default:
			return asked satisfies never;
	}
}

/** What was asked, in the words of evidence and recordings: the version, which a question to the DNS has not, the way of asking, and the name for SNI. */
export type AskInBrief = {readonly version: number | undefined; readonly shape: string; readonly serverName: string | undefined};

export function askInBrief(asked: AskedExchange): AskInBrief {
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
		case 'question':
			return {version: undefined, shape: `${asked.question.type.toLowerCase()}-record`, serverName: undefined};
		default:
			return asked satisfies never;
	}
}
