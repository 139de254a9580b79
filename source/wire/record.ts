import {DecodeError} from '../bytes/decode-error.js';
import {hexNumber} from '../bytes/hex.js';
import type {Reader} from '../bytes/reader.js';
import type {Writer} from '../bytes/writer.js';
import {versions} from '../iana/versions.js';
import type {Codec} from './codec.js';

/** RFC 9846 §5.1, RFC 6520 for heartbeat. */
export const contentTypes = {
	20: 'change_cipher_spec',
	21: 'alert',
	22: 'handshake',
	23: 'application_data',
	24: 'heartbeat',
} as const;

export const contentType = {changeCipherSpec: 0x14, alert: 0x15, handshake: 0x16, applicationData: 0x17} as const;

export const contentTypeLabel = (type: number): string => (contentTypes as Record<number, string>)[type] ?? hexNumber(type, 1);

/** The most any version allows: 2^14 bytes of plaintext and 2,048 of expansion. RFC 5246 §6.2.3. */
export const longestFragment = 18_432;

export type TlsRecord = {
	readonly type: number;
	readonly legacyVersion: number;
	readonly fragment: Uint8Array;
};

/** TLSPlaintext. RFC 9846 §5.1. */
export const record: Codec<TlsRecord> = {
	name: 'TLSPlaintext',
	decode: (reader: Reader) => ({
		type: reader.uint8('type', contentTypeLabel),
		legacyVersion: reader.uint16('legacy_record_version', versions.label),
		fragment: reader.prefixed(2, 'fragment', fragment => fragment.rest('fragment')),
	}),
	encode(writer: Writer, {type, legacyVersion, fragment}) {
		writer.uint8(type).uint16(legacyVersion);
		writer.prefixed(2, inner => inner.bytes(fragment));
	},
};

/**
Whether bytes may be the start of a TLS record: a known content type and 3 as the major version, or an alert of any version.

@param bytes - The bytes of the record that have arrived; an incomplete header is judged by its first bytes.
@param start - Where the header begins.
*/
export const looksLikeRecord = (bytes: Uint8Array, start = 0): boolean =>
	(bytes.length < start + 1 || (bytes[start]! >= 0x14 && bytes[start]! <= 0x18)) &&
	(bytes.length < start + 2 || bytes[start + 1] === 0x03 || looksLikeAlert(bytes, start));

/**
One whole alert, whatever version its record bears. A server that refuses before it has chosen a version may write 0x0000 there (BearSSL does), so the
rest must match an alert: a fragment of two bytes, and a level of 1 or 2.
*/
function looksLikeAlert(bytes: Uint8Array, start: number): boolean {
	const [type, , , high, low, level] = bytes.subarray(start, start + 6);
	return type === contentType.alert && (high ?? 0) === 0 && (low ?? 2) === 2 && (level === undefined || level === 1 || level === 2);
}

/**
The record at `start`, if it has arrived completely.

@param bytes - Everything received and not yet consumed. Records need not line up with packets.
@returns Undefined if more bytes are needed. The next record starts after 5 bytes and the fragment.
@throws {DecodeError} If there is no TLS record header, or if its length is more than 18,432 bytes.

RFC 9846 §5.1; RFC 5246 §6.2.1 and §6.2.3 for the limit.
*/
export function nextRecord(bytes: Uint8Array, start = 0): TlsRecord | undefined {
	// The type is checked before the length: `HTTP` read as a header has a length of 20,527 bytes.
	if (!looksLikeRecord(bytes, start)) {
		throw new DecodeError('type', start, 'not a TLS record');
	}

	if (bytes.length - start < 5) {
		return undefined;
	}

	const length = bytes[start + 3]! * 256 + bytes[start + 4]!;
	if (length > longestFragment) {
		throw new DecodeError('length', start + 3, `a record of ${length} bytes, ${longestFragment} is the most`);
	}

	return bytes.length - start < 5 + length
		? undefined
		: {
				type: bytes[start]!,
				legacyVersion: bytes[start + 1]! * 256 + bytes[start + 2]!,
				fragment: bytes.subarray(start + 5, start + 5 + length),
			};
}

/**
Split what a peer has sent so far into whole TLS records.

@param bytes - As of `nextRecord`.
@returns The whole records in order, and how many bytes they took, headers included. What follows is an unfinished record: keep it, and call again
when more has arrived.
@throws {DecodeError} As `nextRecord` of the first. An error after whole records is left to the next call: the whole records count, even if a server
sends plaintext after TLS has failed.
*/
export function splitRecords(bytes: Uint8Array): {readonly records: readonly TlsRecord[]; readonly consumed: number} {
	const records: TlsRecord[] = [];
	let consumed = 0;
	try {
		for (let item = nextRecord(bytes); item !== undefined; item = nextRecord(bytes, consumed)) {
			records.push(item);
			consumed += 5 + item.fragment.length;
		}
	} catch (error) {
		if (records.length === 0) {
			throw error;
		}
	}

	return {records, consumed};
}
