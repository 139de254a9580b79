import type {Expectation} from '../policy/expectation.js';

/** The clouds of Azure: the public one, the one of the US government, and the one that 21Vianet runs in China. */
export const clouds = ['public', 'usgov', 'china'] as const;

export type Cloud = (typeof clouds)[number];

/** What a service documents of itself, and where to find it. */
export type CatalogEntry = {
	readonly service: string;
	/** Names, with a port where it is not 443. What stands between braces is filled in: `{account}.blob.core.windows.net`. */
	readonly hosts: {readonly [Name in Cloud]?: readonly string[]};
	/** The oldest version that the service says it takes; undefined where it says nothing that could be found. */
	readonly minimum?: string | undefined;
	/** Since when, in words or as a date, by cloud where they differ. */
	readonly since?: string | undefined;
	/** Which document says so, and of when. */
	readonly source: string;
	readonly note?: string | undefined;
	/** What is expected of its hosts; where nothing is stated, what its minimum comes to, or else what is expected of any host. */
	readonly expect?: Expectation | undefined;
	/** Why it is not asked: what it speaks is not TLS by design. */
	readonly isLeftOut?: string | undefined;
};

/** A list of endpoints that belong to one task. */
export type Catalog = {
	/** What it is chosen by. */
	readonly name: string;
	readonly title: string;
	readonly note?: string | undefined;
	readonly entries: readonly CatalogEntry[];
};
