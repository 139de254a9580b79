/** What one side said, as far as a text tells which. */
export type Span = {
	readonly from: 'client' | 'server' | undefined;
	/** What the text says it is. */
	readonly title: string | undefined;
	readonly bytes: Uint8Array;
};
