import type {Span} from '../../bytes/reader.js';

/** A range of bytes to show under one title. */
export type Block = {
	readonly title: string;
	/** The bytes that offsets refer to. */
	readonly bytes: Uint8Array;
	/** The part of `bytes` in this block. */
	readonly start: number;
	readonly end: number;
	/** Names for the ranges of the part. Undefined for bytes without names: only a plain dump is shown. */
	readonly spans: readonly Span[] | undefined;
	/** One of many records of the same message, which is shown whole after them. The middle of a long series may be left out. */
	readonly isPiece: boolean;
};

/** State from one side's earlier bytes that is needed to decode the following ones. */
export type ExplainContext = {
	/** The ServerHello's selection; undefined if there was none. */
	version: number | undefined;
	cipherSuite: number | undefined;
	/** A ChangeCipherSpec was seen: the rest is encrypted, unless it starts like a hello. */
	isEncrypted: boolean;
	/** One line per message, in order. */
	readonly messages: string[];
	readonly blocks: Block[];
	/** The first problem; undefined if there was none. */
	problem: string | undefined;
	/** Whether anything was decoded as TLS. */
	isTls: boolean;
};

export const makeContext = (): ExplainContext => ({
	version: undefined,
	cipherSuite: undefined,
	isEncrypted: false,
	messages: [],
	blocks: [],
	problem: undefined,
	isTls: false,
});

/** Add a block; an error in it becomes the context's problem. */
export function addBlock(context: ExplainContext, block: Omit<Block, 'isPiece'> & {readonly isPiece?: boolean}): void {
	context.blocks.push({isPiece: false, ...block});
	context.problem ??= block.spans?.find(({isProblem}) => isProblem)?.label;
}

/** The rest of `bytes`, which could not be decoded, with the problem. */
export function addDump(context: ExplainContext, title: string, bytes: Uint8Array, start: number, end = bytes.length): void {
	addBlock(context, {title, bytes, start, end, spans: undefined});
}
