import type {Span} from '../../bytes/reader.js';

/** A stretch of bytes to show under one title. */
export type Block = {
	readonly title: string;
	/** What offsets count from the start of. */
	readonly bytes: Uint8Array;
	/** The part of `bytes` that this block is about. */
	readonly start: number;
	readonly end: number;
	/** Names for the ranges of the part. Undefined for bytes that have none: a plain dump is all there is to show. */
	readonly spans: readonly Span[] | undefined;
	/** One of many records of the same message, which is shown whole after them: the middle of a long row may be left out. */
	readonly isPiece: boolean;
};

/** What is learnt while one side's bytes are read, and needed to read what follows. */
export type Context = {
	/** What the ServerHello selected; undefined where there was none. */
	version: number | undefined;
	cipherSuite: number | undefined;
	/** A ChangeCipherSpec came: what follows is encrypted, unless it starts like a hello. */
	isEncrypted: boolean;
	/** One line per message, in order. */
	readonly messages: string[];
	readonly blocks: Block[];
	/** What was wrong first; undefined where all was well. */
	problem: string | undefined;
	/** Whether anything at all was read as TLS. */
	isTls: boolean;
};

export const makeContext = (): Context => ({
	version: undefined,
	cipherSuite: undefined,
	isEncrypted: false,
	messages: [],
	blocks: [],
	problem: undefined,
	isTls: false,
});

/** Add a block; what did not decode in it is the context's problem. */
export function addBlock(context: Context, block: Omit<Block, 'isPiece'> & {readonly isPiece?: boolean}): void {
	context.blocks.push({isPiece: false, ...block});
	context.problem ??= block.spans?.find(({isProblem}) => isProblem)?.label;
}

/** The rest of `bytes`, of which nothing is known but what is wrong with it. */
export function addDump(context: Context, title: string, bytes: Uint8Array, start: number, end = bytes.length): void {
	addBlock(context, {title, bytes, start, end, spans: undefined});
}
