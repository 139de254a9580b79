import type {Outcome} from './outcome.js';

/** One stretch of bytes that went one way, as it was written or arrived. */
export type Flight = {
	readonly from: 'client' | 'server';
	readonly bytes: Uint8Array;
	/** Since the connection was asked for. */
	readonly atMs: number;
};

/** What went over one connection, and how it ended. */
export type Transcript = {
	readonly flights: readonly Flight[];
	readonly outcome: Outcome;
	/** Of connecting, until the hello could be sent. Undefined where there was no connection. */
	readonly connectedMs: number | undefined;
	readonly durationMs: number;
	/** The local end, where there was a connection: `127.0.0.1:50123`. */
	readonly localPort: number | undefined;
};
