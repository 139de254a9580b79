import type {Completion, HandshakeSpec} from '../exchange/completing/completion.js';
import type {HelloSpec} from '../exchange/hello-spec.js';
import type {Outcome} from '../exchange/outcome.js';

/** A hello, and what is answered to it. */
export type HelloAsk = {
	readonly kind: 'hello';
	readonly hello: HelloSpec;
	/** How long to rest first, because the server seems to limit its connections. */
	readonly pauseMs?: number | undefined;
};

/** A whole handshake, and what is answered to a request after it. */
export type HandshakeAsk = {
	readonly kind: 'handshake';
	readonly handshake: HandshakeSpec;
	readonly pauseMs?: number | undefined;
};

/** What a probe wants tried. A union, so that deeper conversations fit without a new shape. */
export type Ask = HelloAsk | HandshakeAsk;

/** What came of a hello. */
export type Answer = {
	readonly outcome: Outcome;
	/** Which attempt of the scan it was, so that evidence can be found by it. */
	readonly attempt: number;
	readonly durationMs: number;
};

/** What a probe knows of the endpoint. */
export type ProbeTarget = {
	/** The name to ask for by SNI; undefined asks for none. */
	readonly serverName: string | undefined;
};

/** What came of each kind of ask. */
export type AnswerTo<Asked extends Ask> = Asked extends HelloAsk ? Answer : Completion;

/** The conversation of a probe with the engine: asks that may go out at the same time, and their answers in the same order. */
export type Conversation<Value, Asked extends Ask = HelloAsk> = Generator<readonly Asked[], Value, readonly AnswerTo<Asked>[]>;

/**
One question to an endpoint. A probe does no I/O: it yields what it wants tried, is sent what came of it, and returns what it learnt.
*/
export type Probe<Name extends string, Options, Value, Asked extends Ask = HelloAsk> = {
	readonly name: Name;
	readonly title: string;
	run(target: ProbeTarget, options: Options): Conversation<Value, Asked>;
};
