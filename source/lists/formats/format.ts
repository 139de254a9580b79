import type {Entry} from '../entry.js';

/** Reads one file of a format. Holds no more of it than a line, or a row. */
export type FormatReader = {
	/** Takes the next piece of text, cut anywhere, and gives the entries that it completes. */
	push(text: string): readonly Entry[];
	/**
	The text is over.

	@param cut - Why it ended before its end, where it did. What is unfinished is then no target: half a name is another name.
	*/
	end(cut?: string): readonly Entry[];
	/** Nothing that follows can be read. */
	readonly isOver?: boolean;
};

export type ReadOptions = {
	/** Which open TCP ports of a scan are targets: all, or those that are TLS by the service or the number. */
	readonly scannedPorts: ScannedPorts;
	/**
	Receives the entries of a file that are no targets by rule, one by one.

	@param what - In the plural, the same words for the same rule.
	@param example - As short as it can be named.
	*/
	readonly leaveOut: (what: string, example: string) => void;
};

export const scannedPorts = ['all', 'tls'] as const;

export type ScannedPorts = (typeof scannedPorts)[number];

export const defaultReadOptions: ReadOptions = {scannedPorts: 'all', leaveOut: () => {}};

export type HostsFormat = {
	readonly name: string;
	/** @param line - The first that is neither blank nor a comment; of a very long one, its start. */
	recognises(line: string): boolean;
	open(file: string, options: ReadOptions): FormatReader;
};

export const defineFormat = <const Format extends HostsFormat>(format: Format): Format => format;
