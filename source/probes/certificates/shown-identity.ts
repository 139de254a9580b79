import type {Seen} from './identity-report.js';

/** What one connection showed. Bytes as they were sent. */
export type ShownCertificates = {
	/** The server's own certificate first; never empty. */
	readonly chain: readonly Uint8Array[];
	readonly ocspResponse: Uint8Array | undefined;
	readonly sctList: Uint8Array | undefined;
};

/** The same chain, on all connections that showed it. */
export type ShownIdentity = {
	readonly chain: readonly Uint8Array[];
	/** One for each connection that asked for a staple. */
	readonly ocspResponses: readonly (Uint8Array | undefined)[];
	readonly sctLists: readonly Uint8Array[];
	readonly seen: readonly Seen[];
	/** Whether clients of the target get it. One that is shown only where no name is sent may be for anything. */
	readonly isForTarget: boolean;
};
