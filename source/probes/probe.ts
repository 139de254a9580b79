import type {Completion, HandshakeSpec} from '../exchange/completing/completion.js';
import type {HelloSpec} from '../exchange/hello-spec.js';
import type {Outcome} from '../exchange/outcome.js';
import type {NameAnswer} from '../exchange/questions/name-answer.js';
import type {RecordsSpec, Turn, TurnAnswer} from '../exchange/turns/turn.js';
import type {DocumentRequest, Fetched} from '../transport/fetching/fetch-document.js';
import type {StartTlsName} from '../transport/starttls/index.js';
import type {Question} from '../wire/dns/question.js';
import type {Attempt} from './attempt.js';
import type {PartsInReport} from './parts-in-report.js';
import type {ReportPart} from './report-part.js';

/** A hello, and what is answered to it. */
export type HelloAsk = {
	readonly kind: 'hello';
	readonly hello: HelloSpec;
	/** How long to wait first, because the server seems to limit its connections. */
	readonly pauseMs?: number | undefined;
};

/** A whole handshake, and what is answered to a request after it. */
export type HandshakeAsk = {
	readonly kind: 'handshake';
	readonly handshake: HandshakeSpec;
	readonly pauseMs?: number | undefined;
};

/** A connection for a conversation of records, and the first turn of it. */
export type RecordsAsk = {
	readonly kind: 'records';
	readonly records: RecordsSpec;
	readonly pauseMs?: number | undefined;
};

/**
One more turn on a connection that the step before was answered from: of a conversation of records, or a handshake that is kept open. So what is
sent depends on what was received. A connection that a step does not go on with is closed.
*/
export type TurnAsk = {
	readonly kind: 'turn';
	/** The attempt whose connection it is. */
	readonly on: number;
	readonly turn: Turn;
	readonly pauseMs?: number | undefined;
};

/** A question to the DNS. It makes no connection to the endpoint. */
export type QuestionAsk = {
	readonly kind: 'question';
	readonly question: Question;
	readonly pauseMs?: number | undefined;
};

/** A document of others than the endpoint, over HTTP. It is no attempt: the finding keeps what it rests on. */
export type FetchAsk = {
	readonly kind: 'fetch';
	readonly request: DocumentRequest;
	readonly pauseMs?: number | undefined;
};

/** What another probe finds: one of `usesLater`, which may still be under way. It makes no connection. */
export type FindingAsk = {
	readonly kind: 'finding';
	readonly probe: string;
	readonly pauseMs?: undefined;
};

/** What a probe wants said: on a connection for each, on one that is open, to a name server or to a web server. A union, so that others fit without a new shape. */
export type Ask = HelloAsk | HandshakeAsk | RecordsAsk | TurnAsk | QuestionAsk | FetchAsk | FindingAsk;

/** The outcome of a hello. */
export type Answer = {
	readonly outcome: Outcome;
	/** The index of the last connection in `attempts` of what the probe was given. */
	readonly attempt: number;
	readonly durationMs: number;
};

/** The outcome of a handshake. */
export type HandshakeAnswer = Completion & {
	readonly attempt: number;
	/** Whether its connection was kept open and still is, for turns. */
	readonly isOpen?: true;
};

/** What happened in a turn, or why there was no connection for it. */
export type RecordsAnswer = (
	| {readonly kind: 'turn'; readonly turn: TurnAnswer}
	| {readonly kind: 'not-reached'; readonly outcome: Outcome}
) & {
	/** The same for every turn of a connection. */
	readonly attempt: number;
};

/** What a question to the DNS came to. */
export type QuestionAnswer = {readonly resolved: NameAnswer; readonly attempt: number};

/** The document, or why there is none. */
export type FetchAnswer = {readonly fetched: Fetched};

/** Undefined where that probe was not asked for, or was skipped. */
export type FindingAnswer = {readonly finding: unknown};

/** The outcome of each kind of ask. */
export type AnswerTo<Asked extends Ask> = Asked extends HelloAsk
	? Answer
	: Asked extends HandshakeAsk
		? HandshakeAnswer
		: Asked extends QuestionAsk
			? QuestionAnswer
			: Asked extends FetchAsk
				? FetchAnswer
				: Asked extends FindingAsk
					? FindingAnswer
					: RecordsAnswer;

/** Fits every kind of ask in `Asked`, so that conversations of one kind can be parts of one that has several. */
type AnswerToAll<Asked extends Ask> = (Asked extends Ask ? (answer: AnswerTo<Asked>) => void : never) extends (answer: infer All) => void
	? All
	: never;

/**
The conversation of a probe with the engine: asks that may go out at the same time, and their answers in the same order. One with several
kinds of asks is made of conversations with one kind each (`yield*`), where the types of answers are exact.
*/
export type Conversation<Value, Asked extends Ask = HelloAsk> = Generator<readonly Asked[], Value, readonly AnswerToAll<Asked>[]>;

/** What a probe is made of, as types. */
export type ProbeTypes = {
	/** The findings of other probes that it starts from, by their names; those that it can do without are optional. */
	readonly needs: Readonly<Record<string, unknown>>;
	/** Plain data. */
	readonly options: object;
	/** What it learns. */
	readonly value: unknown;
	/** What it adds to a report under its field. */
	readonly part?: unknown;
	/** What may be demanded of that part. */
	readonly demand?: unknown;
};

/** What is known of the endpoint before anything is asked. Plain data. */
export type ProbeTarget = {
	/** What the user named. */
	readonly host: string;
	readonly port: number;
	/** The name to ask for by SNI; undefined asks for none. */
	readonly serverName: string | undefined;
	/** The protocol that goes over to TLS, where one does. */
	readonly startTls: StartTlsName | undefined;
	/** Application protocols that every hello offers, where that was asked for. */
	readonly alpn: readonly string[] | undefined;
	/** For requests that say who asks. */
	readonly toolVersion: string;
};

/** What a probe is given to work with. */
export type Given<Types extends ProbeTypes> = {
	readonly target: ProbeTarget;
	readonly options: Types['options'];
	/** What the probes that it needs or uses have found. */
	readonly earlier: Types['needs'];
	/** The connections of the probes that it needs or uses, those of probes that ran before these, and its own. Others may run at the same time. */
	readonly attempts: readonly Attempt[];
};

/** What a probe does. It does no I/O. */
export type Conduct<Types extends ProbeTypes> = {
	/** Yields what it wants tried, is sent the outcomes, and returns what it learnt. One that only reads `attempts` yields nothing. */
	run(given: Given<Types>): Conversation<Types['value'], Ask>;
	/** Puts what it found into a report, where the JSON has it elsewhere than under a field of the probe. */
	attach?(parts: PartsInReport, value: Types['value'], given: Given<Types>, hasEvidence: boolean): void;
};

/** The part of a report that a probe adds. */
export type ProbeReport<Types extends ProbeTypes> = ReportPart<Types['part'], Types['demand']> & {
	/** In names instead of codes, and plain data. */
	of(value: Types['value'], attempts: readonly Attempt[]): Types['part'];
};

/** One question to an endpoint. */
export type Probe<Name extends string, Types extends ProbeTypes> = {
	/** In kebab case. */
	readonly name: Name;
	readonly title: string;
	/** Whether it is run where nothing was said of probes. */
	readonly isDefault: boolean;
	/** Whether it belongs to `--full`: it asks nothing that could harm a server, and its result is in the report. */
	readonly isInFull: boolean;
	/** Probes that are run before it, whether they were asked for or not. It is skipped where one of them was. */
	readonly needs: readonly (keyof Types['needs'] & string)[];
	/** Probes whose findings it uses where they are asked for: it runs after them. */
	readonly uses?: readonly (keyof Types['needs'] & string)[];
	/** The same for findings that it asks for while it runs (`FindingAsk`), so that it starts beside those probes. */
	readonly usesLater?: readonly (keyof Types['needs'] & string)[];
	/** What holds where nothing is said. */
	readonly options: Types['options'];
	/** Whether it reads the bytes of `attempts`, which are not kept otherwise. */
	readsBytes?(options: Types['options']): boolean;
	/** The conduct, or where it is loaded from once it is wanted: most runs do not, and starting is to take no longer for it. */
	readonly conduct: Conduct<Types> | (() => Promise<Conduct<Types>>);
	/** Its part of a report. Without it, a probe is for those who look at findings, or has its place in the parts of others. */
	readonly report?: ProbeReport<Types>;
};

/** Any probe, for what deals with all of them alike. */
export type AnyProbe = Probe<string, ProbeTypes>;

/** A probe that is to be run. Plain data, so that a thread, a queue or a file can carry it. */
export type AnyRequest = {
	readonly name: string;
	readonly options: object;
	/** Whether another option needs it. Results name the probes that were asked for, and not this one. */
	readonly isImplied?: boolean | undefined;
};
