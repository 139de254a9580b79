import type {Outcome} from './outcome.js';

/** One stretch of bytes that went one way, as it was written or arrived. */
export type Flight = {
	readonly from: 'client' | 'server';
	readonly bytes: Uint8Array;
	/** Since the connection was asked for. */
	readonly atMs: number;
};

/**
How one connection ended: with a complete answer, the server's FIN or RST, or our timeout. `failed` is a connection that could
not be made, and `unasked` one that was cut short or not made because no time was left.
*/
export type End = 'answered' | 'closed' | 'reset' | 'timeout' | 'failed' | 'unasked';

/** What went over one connection, and how it ended. `Result` is the answer to what was asked on it. */
export type Transcript<Result = Outcome> = {
	readonly flights: readonly Flight[];
	readonly outcome: Result;
	readonly end: End;
	/** When the connection was asked for, on the clock that was given for it. */
	readonly startedAt: number;
	/** Of connecting, until the hello could be sent. Undefined where there was no connection. */
	readonly connectedMs: number | undefined;
	readonly durationMs: number;
	/** The local end, where there was a connection. */
	readonly localAddress: string | undefined;
	readonly localPort: number | undefined;
};

/**
The transcript of a connection that was not made.

@param outcome - The result for the caller.
@param why - Why there is no connection.
*/
export const withoutConnection = <Result>(outcome: Result, why: Outcome, startedAt: number, durationMs: number): Transcript<Result> => ({
	flights: [],
	outcome,
	end: why.kind === 'reset' ? 'reset' : why.kind === 'unasked' || why.kind === 'unanswered' ? 'unasked' : 'failed',
	startedAt,
	connectedMs: undefined,
	durationMs,
	localAddress: undefined,
	localPort: undefined,
});
