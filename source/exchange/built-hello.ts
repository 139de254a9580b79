/** Draws `size` bytes. */
export type Random = (size: number) => Uint8Array;

/** A hello ready to send, and what a ServerHello is held against. */
export type BuiltHello = {
	/** All records, headers included. */
	readonly bytes: Uint8Array;
	readonly sessionId: Uint8Array;
	readonly extensionTypes: ReadonlySet<number>;
};
