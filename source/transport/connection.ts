import type {RefusalKind} from './dialogue.js';

/** Is told what happens on a connection. */
export type ConnectionListener = {
	/** Is handed bytes as they arrive. They are only there during the call: what is to be kept has to be copied. */
	readonly onBytes: (bytes: Uint8Array) => void;
	/** Once, where the peer hung up (`EOF`) or the connection broke (the system's code, such as `ECONNRESET`). */
	readonly onOver: (code: string) => void;
};

/** An open connection, over whatever. Whoever has it hangs up in the end, even where the peer did. */
export type Connection = {
	/** Has one listener at a time. What came before there was one comes at once. */
	readonly listen: (listener: ConnectionListener) => void;
	readonly send: (bytes: Uint8Array) => void;
	/** Nothing is told any more. */
	readonly close: () => void;
	/** Our end of it, while it is open. */
	readonly localEnd: () => LocalEnd;
	/** Whether bytes came in clear behind the go-ahead of STARTTLS. They are not handed on. Known once `listen` was called. */
	readonly hasInjection?: () => boolean;
};

export type LocalEnd = {readonly address: string | undefined; readonly port: number | undefined};

/** How a dial ended. */
export type Dialled =
	| {readonly kind: 'connected'; readonly connection: Connection}
	/** `stage` is left out where it is the connection itself. */
	| {readonly kind: 'failed'; readonly code: string; readonly stage?: 'proxy' | 'starttls'}
	/** Somebody on the way said no, in these words. */
	| {readonly kind: 'proxy-refused'; readonly words: string}
	| {readonly kind: 'starttls-refused'; readonly words: string; readonly refusal?: RefusalKind; readonly isRefusedEarly?: true}
	/** The connection was there for a moment: some limiters reset what they have accepted. */
	| {readonly kind: 'reset'}
	/** `stage` is left out where it is the connection itself. */
	| {readonly kind: 'cancelled'; readonly stage?: 'proxy' | 'starttls'};

export const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EUNKNOWN';
