/** The bytes of one side, if the text says which side. */
export type SideBytes = {
	readonly from: 'client' | 'server' | undefined;
	/** The text's own description of the bytes. */
	readonly title: string | undefined;
	readonly bytes: Uint8Array;
};
