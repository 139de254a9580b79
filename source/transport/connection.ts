import type {RefusalKind} from './dialogue.js';

/** Listens to the events of a connection. */
export type ConnectionListener = {
	/** Gets bytes as they arrive. They are valid only during the call: copy what must be kept. */
	readonly onBytes: (bytes: Uint8Array) => void;
	/** Called once, if the peer closed the connection (`EOF`) or the connection failed (the system's code, such as `ECONNRESET`). */
	readonly onOver: (code: string) => void;
};

/** An open connection. Its owner must close it, even if the peer has closed it. */
export type Connection = {
	/** Has one listener at a time. Bytes that arrived earlier are delivered at once. */
	readonly listen: (listener: ConnectionListener) => void;
	readonly send: (bytes: Uint8Array) => void;
	/** There are no more events after this. */
	readonly close: () => void;
	/** The local end, while it is open. */
	readonly localEnd: () => LocalEnd;
	/** Whether plaintext came after the server's agreement to STARTTLS. It is discarded. Known once `listen` was called. */
	readonly hasInjection?: () => boolean;
};

export type LocalEnd = {readonly address: string | undefined; readonly port: number | undefined};

/** The result of a dial. */
export type Dialled =
	| {readonly kind: 'connected'; readonly connection: Connection}
	/** `stage` is absent if the connection itself failed. */
	| {readonly kind: 'failed'; readonly code: string; readonly stage?: 'proxy' | 'starttls'}
	/** A proxy or the STARTTLS server refused, with this text. */
	| {readonly kind: 'proxy-refused'; readonly words: string}
	| {readonly kind: 'starttls-refused'; readonly words: string; readonly refusal?: RefusalKind; readonly isRefusedEarly?: true}
	/** The connection was open for a moment: some limiters accept and then reset. */
	| {readonly kind: 'reset'}
	/** `stage` is absent if the connection itself failed. */
	| {readonly kind: 'cancelled'; readonly stage?: 'proxy' | 'starttls'};

export const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EUNKNOWN';

/** Whether the code of a connection that is over says that the peer reset it. */
export const isReset = (code: string): boolean => code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED';
