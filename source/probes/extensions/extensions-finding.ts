import type {VersionName} from '../../iana/versions.js';

/** `not-applicable`: no accepted version has it, or nothing that it depends on is accepted. */
export type ExtensionStatus = 'present' | 'absent' | 'inconclusive' | 'not-applicable';

/** What is known of an extension, and in which versions it is answered. */
export type FoundExtension = {readonly status: ExtensionStatus; readonly versions?: readonly VersionName[] | undefined};

/** Application protocols; a byte a character. */
export type FoundProtocols = {
	readonly status: ExtensionStatus;
	/** In the order in which the server chose or listed them. */
	readonly protocols: readonly string[];
	/** Offered, and neither accepted nor refused. */
	readonly undecided?: readonly string[] | undefined;
};

/** Whether a certificate of the client is asked for, and how. */
export type FoundClientCertificate = {
	/** `inconclusive`: whether it is asked for, or whether the handshake can be completed without one, is not known. */
	readonly status: 'requested' | 'required' | 'not-asked' | 'inconclusive';
	/** ClientCertificateType, up to TLS 1.2. */
	readonly types?: readonly number[] | undefined;
	readonly signatureSchemes?: readonly number[] | undefined;
	/** Distinguished names in DER. */
	readonly authorities?: readonly Uint8Array[] | undefined;
};

export const plainFields = [
	'extendedMasterSecret',
	'encryptThenMac',
	'secureRenegotiation',
	'sessionTicket',
	'heartbeat',
	'maxFragmentLength',
	'recordSizeLimit',
	'ocspStapling',
	'signedCertificateTimestamp',
	'compression',
] as const;

export type PlainField = (typeof plainFields)[number];

/** What was learnt of the extensions of a server. */
export type ExtensionsFinding = Readonly<Record<PlainField, FoundExtension>> & {
	readonly certificateCompression: FoundExtension & {readonly algorithms: readonly number[]};
	readonly alpn: FoundProtocols;
	readonly npn: FoundProtocols;
	readonly clientCertificate: FoundClientCertificate;
	readonly connections: number;
};

/** zlib, brotli and zstd. RFC 8879 §7.3. */
export const compressionAlgorithms: Readonly<Record<number, string>> = {1: 'zlib', 2: 'brotli', 3: 'zstd'};
