import {DecodeError, tryDecode} from '../bytes/decode-error.js';
import {Reader} from '../bytes/reader.js';

/** A signed certificate timestamp. RFC 6962 §3.2. */
export type Sct = {
	/** The SHA-256 of the key of the log. */
	readonly logId: Uint8Array;
	/** Milliseconds since 1970. */
	readonly timestamp: bigint;
	readonly extensions: Uint8Array;
	/** HashAlgorithm and SignatureAlgorithm of TLS 1.2. */
	readonly algorithm: number;
	readonly signature: Uint8Array;
};

/**
How many signed certificate timestamps a list holds. Whether a log has signed them is not looked at. RFC 6962 §3.3.

@param list - `SignedCertificateTimestampList`.
@throws {DecodeError} If it is none.
*/
export const countScts = (list: Uint8Array): number => itemsOf(list).length;

/**
The signed certificate timestamps of a list; undefined in the place of one that cannot be read, or that has another version. RFC 6962 §3.3.

@param list - `SignedCertificateTimestampList`.
@throws {DecodeError} If it is none.
*/
export const readScts = (list: Uint8Array): readonly (Sct | undefined)[] => itemsOf(list).map(item => tryDecode(() => readSct(item)));

function itemsOf(list: Uint8Array): readonly Uint8Array[] {
	const reader = new Reader(list);
	const items = reader.prefixed(2, 'sct_list', inner =>
		inner.list('sct_list', item => item.prefixed(2, 'SerializedSCT', sct => sct.rest('SCT'))),
	);
	reader.end('SignedCertificateTimestampList');
	return items;
}

const [version1, logIdBytes] = [0, 32];

function readSct(bytes: Uint8Array): Sct {
	const reader = new Reader(bytes);
	const version = reader.uint8('sct_version');
	if (version !== version1) {
		throw new DecodeError('sct_version', 0, `${version}`);
	}

	const sct = {
		logId: reader.bytes(logIdBytes, 'key_id'),
		timestamp: Buffer.from(reader.bytes(8, 'timestamp')).readBigUInt64BE(),
		extensions: reader.prefixed(2, 'CtExtensions', inner => inner.rest('CtExtensions')),
		algorithm: reader.uint16('SignatureAndHashAlgorithm'),
		signature: reader.prefixed(2, 'signature', inner => inner.rest('signature')),
	};
	reader.end('SignedCertificateTimestamp');
	return sct;
}
