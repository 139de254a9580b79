import type {HelloSpec} from '../exchange/hello-spec.js';
import type {Outcome} from '../exchange/outcome.js';

/** What a probe wants tried. A union, so that deeper conversations fit later without a new shape. */
export type Ask = {
	readonly kind: 'hello';
	readonly hello: HelloSpec;
	/** How long to rest first, because the server seems to limit its connections. */
	readonly pauseMs?: number | undefined;
};

/** What came of an ask. */
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

/** The conversation of a probe with the engine: asks that may go out at the same time, and their answers in the same order. */
export type Conversation<Value> = Generator<readonly Ask[], Value, readonly Answer[]>;

/**
One question to an endpoint. A probe does no I/O: it yields what it wants tried, is sent what came of it, and returns what it learnt.
*/
export type Probe<Name extends string, Options, Value> = {
	readonly name: Name;
	readonly title: string;
	run(target: ProbeTarget, options: Options): Conversation<Value>;
};
