import {contentType} from '../../source/wire/record.js';
import {type ReadHello, readHello} from './read-hello.js';

/** One thing that a scripted server does. The last one holds: after `say` the connection is held open and silent. */
export type Move =
	| {readonly kind: 'say'; readonly bytes: Uint8Array}
	/** As much as the peer takes, until it hangs up. */
	| {readonly kind: 'flood'; readonly bytes: Uint8Array}
	/** Pieces with a pause between them, until the peer hangs up. */
	| {readonly kind: 'drip'; readonly bytes: Uint8Array; readonly everyMs: number}
	| {readonly kind: 'close'}
	| {readonly kind: 'reset'}
	| {readonly kind: 'wait'; readonly forMs: number}
	| {readonly kind: 'hold'};

/** One connection, as a scripted server sees it. */
export type Asked = {
	readonly hello: ReadHello;
	/** How many connections came before. */
	readonly connection: number;
	/** How many connections are open, this one included. */
	readonly atOnce: number;
	/** When it came, in milliseconds on the server's clock. */
	readonly atMs: number;
};

/** What a server does with a hello. */
export type Script = (asked: Asked) => readonly Move[];

export const say = (...parts: readonly Uint8Array[]): Move => ({kind: 'say', bytes: Buffer.concat(parts)});
export const close: Move = {kind: 'close'};
export const reset: Move = {kind: 'reset'};
export const hold: Move = {kind: 'hold'};
/** Does nothing for so long, and then the next thing. */
export const wait = (forMs: number): Move => ({kind: 'wait', forMs});

/** Every byte in a `say` of its own. */
export const byteByByte = (bytes: Uint8Array): readonly Move[] => Array.from(bytes, byte => say(Uint8Array.of(byte)));

/** Written out by hand, so that our encoder and our decoder cannot share a fault. */
export const alertBytes = (description: number, level = 2): Uint8Array => Uint8Array.of(contentType.alert, 3, 1, 0, 2, level, description);

export const alert = (description: number): readonly Move[] => [say(alertBytes(description)), close];

/** Wrap handshake messages into records of at most `size` bytes. */
export function records(messages: Uint8Array, size = 16_384): Uint8Array {
	const parts: Uint8Array[] = [];
	for (let start = 0; start < messages.length; start += size) {
		const fragment = messages.subarray(start, start + size);
		parts.push(Uint8Array.of(contentType.handshake, 3, 3, fragment.length >> 8, fragment.length & 0xff), fragment);
	}

	return Buffer.concat(parts);
}

export {type ReadHello, readHello};
