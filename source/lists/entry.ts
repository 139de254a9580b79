import type {Overrides} from '../engine/overrides.js';
import type {Target} from '../engine/target.js';
import type {RouteChange} from '../transport/parse-route.js';
import type {AddressRange} from './targets/addresses.js';

/** Where in the user's files something stands. */
export type EntrySource = {
	readonly file: string;
	/** From 1. Of a row over several lines, the first. */
	readonly line: number;
};

type Given = {
	readonly overrides: Overrides;
	/** What the overrides say of the way to it, parsed. */
	readonly route?: RouteChange;
	/** What else the list says of it, by column: carried through to the output. */
	readonly extra?: Readonly<Record<string, string>>;
	readonly source: EntrySource;
};

export type TargetEntry = Given & {readonly kind: 'target'; readonly target: Target};

/** A block or range, not expanded: every address with every port, the ports of the first address first. */
export type RangeEntry = Given & {readonly kind: 'range'; readonly addresses: AddressRange; readonly ports: readonly number[]};

/** Something that is no target. It is named to the user and stops nothing. */
export type InvalidEntry = {
	readonly kind: 'invalid';
	/** What stood there, safe to print and bounded: see `excerpt`. */
	readonly text: string;
	readonly problem: string;
	readonly source: EntrySource;
};

export type Entry = TargetEntry | RangeEntry | InvalidEntry;

/** Shared, so that a list without overrides costs no memory for them. */
export const noOverrides: Overrides = {};
