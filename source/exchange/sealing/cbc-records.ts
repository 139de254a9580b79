import {createCipheriv, createDecipheriv, createHmac} from 'node:crypto';
import {DecodeError} from '../../bytes/decode-error.js';
import {nextRecord} from '../../wire/record.js';
import type {CbcKeys, Side} from './cbc-keys.js';
import {blockBytes} from './cbc-suite.js';

const tls11 = 0x03_02;

/** The content of one record before encryption: data, MAC and padding, right or wrong. */
export type CbcPlaintext = {readonly type: number; readonly bytes: Uint8Array};

/** The MAC of the record with this sequence number. RFC 5246 §6.2.3.1. */
export function macOf(
	{version, suite}: Pick<CbcKeys, 'version' | 'suite'>,
	{macKey}: Side,
	sequence: number,
	type: number,
	data: Uint8Array,
): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(sequence, 4);
	header.writeUInt8(type, 8);
	header.writeUInt16BE(version, 9);
	header.writeUInt16BE(data.length, 11);
	return createHmac(suite.mac, macKey).update(header).update(data).digest();
}

/** Padding to whole blocks, and `more` blocks. Each byte is the length of the padding without the last byte. */
export function padding(length: number, more = 0): Buffer {
	const count = blockBytes - (length % blockBytes) + more * blockBytes;
	return Buffer.alloc(count, count - 1);
}

/**
Encrypt the content of a record, right or wrong, and add the header. The content is whole blocks.

@param vector - The explicit initialization vector, from TLS 1.1 on. TLS 1.0 uses the last block that was sent instead.
*/
export function sealCbc({version, suite}: CbcKeys, {key, lastBlock}: Side, {type, bytes}: CbcPlaintext, vector: Uint8Array): Buffer {
	const isExplicit = version >= tls11;
	const cipher = createCipheriv(suite.cipher, key, isExplicit ? vector : lastBlock).setAutoPadding(false);
	const encrypted = Buffer.concat([...(isExplicit ? [vector] : []), cipher.update(bytes), cipher.final()]);
	return Buffer.concat([Uint8Array.of(type, version >> 8, version & 0xff, encrypted.length >> 8, encrypted.length & 0xff), encrypted]);
}

/**
Decrypt whole records of one direction. MACs and padding are not checked.

@returns The records. One that is not whole blocks, such as an alert without encryption, is returned as it is. Bytes that are not a record end the list.
*/
export function openCbc({version, suite}: CbcKeys, {key, lastBlock}: Side, received: Uint8Array): readonly CbcPlaintext[] {
	const opened: CbcPlaintext[] = [];
	let vector = lastBlock;
	try {
		for (let start = 0, item = nextRecord(received, start); item !== undefined; item = nextRecord(received, start)) {
			const {type, fragment} = item;
			start += 5 + fragment.length;
			const skipped = version >= tls11 ? blockBytes : 0;
			if (fragment.length % blockBytes !== 0 || fragment.length < skipped + blockBytes) {
				opened.push({type, bytes: fragment});
				continue;
			}

			const decipher = createDecipheriv(suite.cipher, key, skipped > 0 ? fragment.subarray(0, skipped) : vector).setAutoPadding(false);
			opened.push({type, bytes: Buffer.concat([decipher.update(fragment.subarray(skipped)), decipher.final()])});
			vector = fragment.slice(-blockBytes);
		}
	} catch (error) {
		if (!(error instanceof DecodeError)) {
			throw error;
		}
	}

	return opened;
}
