import {createDecipheriv} from 'node:crypto';
import type {TlsRecord} from '../../wire/record.js';
import {type Protection, trafficKeys} from './key-schedule.js';

/** What a protected record holds: TLSInnerPlaintext. RFC 9846 §5.2. */
export type InnerPlaintext = {readonly type: number; readonly content: Uint8Array};

/** Opens the records of one direction, which have to be given in their order. */
export type RecordOpener = {
	/** @returns Undefined for a record that is not of these keys, or holds nothing. No later one opens then. */
	open(record: TlsRecord): InnerPlaintext | undefined;
};

/** @param secret - The traffic secret of the direction. */
export function openRecords(protection: Protection, secret: Uint8Array): RecordOpener {
	const {key, iv} = trafficKeys(protection, secret);
	let sequence = 0;
	return {
		open(record) {
			const plaintext = decrypt(protection, key, nonceOf(iv, sequence), record);
			sequence += 1;
			const end = plaintext?.findLastIndex(byte => byte !== 0) ?? -1;
			return end === -1 ? undefined : {type: plaintext![end]!, content: plaintext!.subarray(0, end)};
		},
	};
}

/** The IV with the number of the record in its last bytes. RFC 9846 §5.3. No connection that is read here has 2^32 records. */
function nonceOf(iv: Uint8Array, sequence: number): Uint8Array {
	const nonce = Buffer.from(iv);
	nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8);
	return nonce;
}

function decrypt(
	{cipher, tagBytes}: Protection,
	key: Uint8Array,
	nonce: Uint8Array,
	{type, legacyVersion, fragment}: TlsRecord,
): Buffer | undefined {
	const length = fragment.length - tagBytes;
	if (length < 1) {
		return undefined;
	}

	const header = Uint8Array.of(type, legacyVersion >> 8, legacyVersion & 0xff, fragment.length >> 8, fragment.length & 0xff);
	// The types of Node.js have an overload for each kind of cipher, and take no union of them.
	const decipher = createDecipheriv(cipher as 'aes-128-ccm', key, nonce, {authTagLength: tagBytes});
	decipher.setAuthTag(fragment.subarray(length));
	decipher.setAAD(header, {plaintextLength: length});
	try {
		return Buffer.concat([decipher.update(fragment.subarray(0, length)), decipher.final()]);
	} catch {
		// The tag is wrong: the error of OpenSSL says no more.
		return undefined;
	}
}
