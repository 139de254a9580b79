import {DecodeError} from '../bytes/decode-error.js';
import {looksLike} from '../exchange/looks-like.js';
import type {LooksLike} from '../exchange/outcome.js';
import {readClientHello, type SeenHello} from '../exchange/read-client-hello.js';
import {contentType, splitRecords} from '../wire/record.js';

/** What a client's first bytes turned out to be. */
export type Arrived =
	| {readonly kind: 'hello'; readonly hello: SeenHello}
	/** It may still become one: worth another look with so many bytes, and not before. */
	| {readonly kind: 'more'; readonly wanted: number}
	/** Not TLS, or so broken that it cannot be told. */
	| {readonly kind: 'garbage'; readonly looksLike: LooksLike; readonly problem: string};

/** No hello of any client is longer. */
export const mostBytes = 65_536;

/**
Read the first message of a client, however its bytes are cut into records and packets.

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

/** How many bytes there have to be before there can be a whole hello. */
function wantedOf(bytes: Uint8Array): number {
	if (bytes.length < 3) {
		return 3;
	}

	if (bytes[0]! & 0x80 && bytes[2] === 1) {
		return 2 + ((bytes[0]! & 0x7f) << 8) + bytes[1]!;
	}

	const {records, consumed} = splitRecords(bytes);
	if (records.some(({type}) => type !== contentType.handshake)) {
		throw new DecodeError('type', 0, 'a record that is no handshake');
	}

	const message = Buffer.concat(records.map(({fragment}) => fragment));
	if (message.length > 0 && message[0] !== 1) {
		throw new DecodeError('msg_type', 0, 'not a ClientHello');
	}

	const length = message.length < 4 ? undefined : 4 + message.readUIntBE(1, 3);
	if (length !== undefined && length > mostBytes) {
		throw new DecodeError('length', 0, `a message of ${length} bytes`);
	}

	if (length !== undefined && message.length >= length) {
		return consumed;
	}

	const next = bytes.subarray(consumed);
	return consumed + 5 + (next.length < 5 ? 0 : next[3]! * 256 + next[4]!);
}

/** What a client speaks that is no TLS; a request of HTTP looks like nothing that a server would say. */
const speechOf = (start: Uint8Array): LooksLike =>
	/^(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|CONNECT|PATCH) /.test(Buffer.from(start).toString('latin1'))
		? {protocol: 'http', hint: 'use https:// to reach this port'}
		: looksLike(start);
