import type {HelloLayout} from './hello-layout.js';

/**
What a ClientHello says, without what is drawn afresh for every connection (the random, the session id, the key shares).

Plain data, so that a probe can be run, recorded and replayed without a socket.
*/
export type HelloSpec = {
	/** The one version asked for: 0x0002 to 0x0304. */
	readonly version: number;
	/** The name of this way of asking; the same name for other versions means the same way. */
	readonly shape: string;
	/** Codes of two bytes; for SSL 2, cipher kinds of three. */
	readonly cipherSuites: readonly number[];
	/** Undefined sends a hello without any extension block. */
	readonly extensions?: HelloExtensions | undefined;
	/** Everything else about it, where it has to be the very hello of some client. Undefined lays it out our way. */
	readonly layout?: HelloLayout | undefined;
	/** Whether to read on to ServerHelloDone, for what clients look at there. Nothing of this is sent. */
	readonly readsFlight?: true | undefined;
	/**
	Whether to read on to the server's Finished in TLS 1.3. The private keys of the shares are known numbers then, so that a recorded connection
	can be read again. Shares are of `openableGroups`.
	*/
	readonly readsEncrypted?: true | undefined;
	/** What to offer; undefined for no compression. */
	readonly compressionMethods?: readonly number[] | undefined;
	/** What `legacy_version` says, if not the version asked for. */
	readonly legacyVersion?: number | undefined;
	/** How the hello is divided: into two records, or into two segments of TCP with a pause between them. Undefined sends it whole. */
	readonly split?: 'records' | 'segments' | undefined;
	/** Whether to report the random of a ServerHello. Nothing of this is sent. */
	readonly readsRandom?: true | undefined;
};

export type HelloExtensions = {
	readonly serverName?: string | undefined;
	readonly groups: readonly number[];
	/** Groups to send a share for, in the order of `groups`. TLS 1.3 only. */
	readonly keyShares: readonly number[];
	/** TLS 1.2 and 1.3. */
	readonly signatureSchemes: readonly number[];
	/**
	Versions to name in `supported_versions`: `legacy_version` is that of TLS 1.2 then. A hello for TLS 1.3 always names that version there, behind
	these.
	*/
	readonly supportedVersions?: readonly number[] | undefined;
	/** Beyond what the version needs: session_ticket, extended_master_secret, ALPN and others that clients commonly send. */
	readonly isRich: boolean;
	/** Nothing that clients of 2008 did not send: no renegotiation_info. */
	readonly isOld?: boolean | undefined;
	/** A user name for SRP suites, which are refused without one. */
	readonly srpUser?: string | undefined;
	/** PskKeyExchangeModes of TLS 1.3; undefined for psk_dhe_ke alone. RFC 9846 §4.3.9. */
	readonly pskModes?: readonly number[] | undefined;
	/** Application protocols to offer instead of those of `isRich`, a byte a character. RFC 7301. */
	readonly alpn?: readonly string[] | undefined;
	/** Others, in hexadecimal, behind those of this program. */
	readonly others?: readonly {readonly type: number; readonly body: string}[] | undefined;
	/** At least so many bytes in all, record header included, by the padding extension. RFC 7685. */
	readonly paddedTo?: number | undefined;
	/** Exactly so many bytes of the handshake message, its header included, by the padding extension; even a length that some servers hang on. */
	readonly messageBytes?: number | undefined;
};
