/** `intolerant`: refused on each of several connections, while the same hello without what is unusual was accepted. */
export type RobustnessStatus = 'tolerant' | 'intolerant' | 'inconclusive' | 'not-applicable';

/** What is unusual about a hello. */
export type UnusualItem =
	| GreasePlace
	| 'combination'
	| 'legacy-version'
	| 'supported-versions'
	| '256-to-511-bytes'
	| 'over-512-bytes'
	| '14000-bytes'
	| 'over-128-suites'
	| 'two-records'
	| 'two-segments'
	| 'name';

/** Where a hello has reserved values, which servers have to ignore. RFC 8701 §3.1. */
export type GreasePlace =
	| 'cipher-suite'
	| 'extension'
	| 'group'
	| 'key-share'
	| 'signature-scheme'
	| 'version'
	| 'alpn'
	| 'psk-mode'
	| 'compression-method';

export const toleranceFields = ['grease', 'futureVersion', 'helloSize', 'manySuites', 'splitHello', 'unknownName'] as const;

export type ToleranceField = (typeof toleranceFields)[number];

/** What is known of one kind of unusual hello. */
export type Tolerance = {
	readonly status: RobustnessStatus;
	/** What is refused. */
	readonly of?: readonly UnusualItem[] | undefined;
	/** What was neither accepted nor clearly refused. */
	readonly undecided?: readonly UnusualItem[] | undefined;
	/** How each of `of` is refused, in words. */
	readonly answers?: Readonly<Partial<Record<UnusualItem, string>>> | undefined;
};

/** Whether the randoms of ServerHellos begin with the time of the server, as they did up to TLS 1.2. RFC 5246 §7.4.1.2. */
export type ClockSkew = {
	readonly status: 'measured' | 'not-shown' | 'inconclusive' | 'not-applicable';
	/** How far the server's clock is ahead of this machine's. */
	readonly seconds?: number | undefined;
};

/** Whether two ServerHellos had the same random. */
export type RandomReuse = {readonly status: 'present' | 'absent' | 'inconclusive' | 'not-applicable'};

/** What was learnt, and what is reported of it. */
export type RobustnessFinding = Readonly<Record<ToleranceField, Tolerance>> & {
	readonly clockSkew: ClockSkew;
	readonly randomReuse: RandomReuse;
	readonly connections: number;
};
