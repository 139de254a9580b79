/** How a ClientHello of some client is laid out: all but its cipher suites and what is drawn afresh. Plain data. */
export type HelloLayout = {
	/** `ssl2` is the old format that a server of any version may be greeted in. RFC 5246 appendix E.2. */
	readonly format: 'tls' | 'ssl2';
	readonly recordVersion: number;
	readonly legacyVersion: number;
	readonly sessionIdLength: number;
	readonly compressionMethods: readonly number[];
	/** In their order; undefined sends no extension block. */
	readonly extensions: readonly LaidOutExtension[] | undefined;
};

export type LaidOutExtension =
	| {readonly type: number /** In hexadecimal. */; readonly body: string}
	/** key_share: the keys are drawn afresh. */
	| {readonly type: 0x00_33; readonly shares: readonly LaidOutShare[]};

export type LaidOutShare = {readonly group: number /** Of the key, in bytes. */; readonly length: number};
