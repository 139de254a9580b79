import type {EndpointVerdict} from '../policy/default-expectation.js';
import type {AnyReportPart} from '../probes/report-parts.js';
import type {JudgedTarget} from './judged.js';
import type {TerminalFeatures} from './paint.js';

/** A way to write results: one after the other as they come, or as a document of them all. */
export type Format = {
	readonly name: string;
	/** Whether what is written is of use without what follows, so that it may be written to its file as it comes. */
	readonly isAppendable: boolean;
	/** For readers that define their own exit codes. */
	readonly exitCodes?: Readonly<Record<EndpointVerdict, 0 | 1 | 2 | 3>>;
	/** What is said instead of results where there can be none, where its readers expect a word even then. */
	readonly refusal?: (message: string) => string;
	readonly start: (setting: Setting) => Rendering;
};

export type Setting = {
	/** For what is drawn for people. */
	readonly look: TerminalFeatures;
	readonly toolVersion: string;
	/** What results may hold beside versions; what all probes add where this is left out. */
	readonly parts?: readonly AnyReportPart[] | undefined;
	/** For a format whose first line depends on the last result. Memory must not grow with the number of results. */
	readonly openSpool: () => Spool;
};

/** Keeps lines until all of them are known. */
export type Spool = {
	/** @param line - Without a line feed in it. */
	readonly add: (line: string) => void;
	/** The lines in the order in which they were added. May be called again. */
	readonly read: () => Iterable<string>;
};

/** A document in pieces, for what is too long to be one string. */
export type Pieces = Generator<string, void, void>;

/** One output on its way. What both return, in order, is the whole of it. */
export type Rendering = {
	readonly add: (target: JudgedTarget) => string | Promise<string>;
	readonly end: () => string | Pieces;
};
