import {DecodeError} from '../bytes/decode-error.js';
import {looksLike} from '../exchange/looks-like.js';
import type {LooksLike} from '../exchange/outcome.js';
import {readClientHello, type SeenHello} from '../exchange/read-client-hello.js';
import {contentType, longestFragment, looksLikeRecord, nextRecord} from '../wire/record.js';

/** The meaning of a client's first bytes. */
export type Arrived =
	| {readonly kind: 'hello'; readonly hello: SeenHello}
	/** It may still become one: read it again when this many bytes have arrived, not earlier. */
	| {readonly kind: 'more'; readonly wanted: number}
	/** Not TLS, or too damaged to decode. */
	| {readonly kind: 'garbage'; readonly looksLike: LooksLike; readonly problem: string};

/** No client sends a longer hello. */
export const mostBytes = 65_536;

/**
Read the first message of a client, however its bytes are split into records and packets.

@param bytes - Everything received so far.
*/
export function readArriving(bytes: Uint8Array): Arrived {
	try {
		const wanted = wantedOf(bytes);
		return bytes.length < wanted ? {kind: 'more', wanted} : {kind: 'hello', hello: readClientHello(bytes)};
	} catch (error) {
		if (error instanceof DecodeError) {
			return {kind: 'garbage', looksLike: speechOf(bytes.subarray(0, 256)), problem: error.message};
		}

		throw error;
	}
}

/** How many bytes a whole hello needs at least. */
function wantedOf(bytes: Uint8Array): number {
	if (bytes.length < 3) {
		return 3;
	}

	if (bytes[0]! & 0x80 && bytes[2] === 1) {
		return 2 + ((bytes[0]! & 0x7f) << 8) + bytes[1]!;
	}

	const {header, held, consumed} = piecesIn(bytes);
	if (header.length > 0 && header[0] !== 1) {
		throw new DecodeError('msg_type', 0, 'not a ClientHello');
	}

	const length = header.length < 4 ? 4 : 4 + header[1]! * 65_536 + header[2]! * 256 + header[3]!;
	if (length > mostBytes) {
		throw new DecodeError('length', 0, `a message of ${length} bytes`);
	}

	if (header.length === 4 && held >= length) {
		return consumed;
	}

	// The rest comes in one more record, or in several with a header each.
	const next = bytes.length - consumed < 5 ? undefined : bytes[consumed + 3]! * 256 + bytes[consumed + 4]!;
	const missing = length - held;
	return next === undefined || next >= missing ? consumed + 5 + (next ?? missing) : consumed + 5 + next + 5 + (missing - next);
}

/** Empty records are allowed, because some stacks send one; many of them are an attack. */
const mostEmpty = 32;

/** The received part of the message: its first four bytes, its length, and where its whole records end. Allocates nothing per record. */
function piecesIn(bytes: Uint8Array): {readonly header: readonly number[]; readonly held: number; readonly consumed: number} {
	const header: number[] = [];
	let held = 0;
	let consumed = 0;
	let empty = 0;
	for (let size = sizeOfRecord(bytes, 0); size !== undefined; size = sizeOfRecord(bytes, consumed)) {
		if (bytes[consumed] !== contentType.handshake) {
			throw new DecodeError('type', 0, 'a record that is not a handshake');
		}

		empty += size === 0 ? 1 : 0;
		if (empty > mostEmpty) {
			throw new DecodeError('length', consumed + 3, `more than ${mostEmpty} empty records`);
		}

		for (let index = consumed + 5; index < consumed + 5 + size && header.length < 4; index++) {
			header.push(bytes[index]!);
		}

		held += size;
		consumed += 5 + size;
	}

	return {header, held, consumed};
}

/**
The length of the record at this offset, or undefined if it is not whole.

@throws {DecodeError} If the first record is invalid. Invalid bytes after whole records do not matter: the records may be the whole message.
*/
function sizeOfRecord(bytes: Uint8Array, start: number): number | undefined {
	if (start === 0) {
		return nextRecord(bytes)?.fragment.length;
	}

	const size = bytes.length - start < 5 ? undefined : bytes[start + 3]! * 256 + bytes[start + 4]!;
	return size !== undefined && size <= longestFragment && bytes.length - start >= 5 + size && looksLikeRecord(bytes, start)
		? size
		: undefined;
}

/** The protocol of a client that does not use TLS; an HTTP request does not look like any server's answer. */
const speechOf = (start: Uint8Array): LooksLike =>
	/^(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|CONNECT|PATCH) /.test(Buffer.from(start).toString('latin1'))
		? {protocol: 'http', hint: 'use https:// to reach this port'}
		: looksLike(start);
