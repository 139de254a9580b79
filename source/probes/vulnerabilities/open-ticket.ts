import {createHmac, timingSafeEqual} from 'node:crypto';

/** A well-known key, and what its bytes are. */
export type KnownTicketKey = {readonly name: string; readonly mac: Uint8Array};

const counting = (start: number, length: number): Uint8Array => Uint8Array.from({length}, (_, index) => start + index);

/**
Keys of the MAC over a ticket. An HMAC pads its key with zeros, so one key of zeros is the same at every length. The others come from documentation and
examples, with a file of 48 or 80 bytes that count up, or that are all the digit 1. RFC 2104 §2.
*/
export const knownKeys: readonly KnownTicketKey[] = [
	{name: 'zeros', mac: new Uint8Array(16)},
	{name: 'the digit 1', mac: new Uint8Array(16).fill(0x31)},
	{name: 'the digit 1', mac: new Uint8Array(32).fill(0x31)},
	{name: 'eight times the digit 1', mac: new Uint8Array(8).fill(0x31)},
	...[0, 16, 32, 48].flatMap(start => [16, 32].map(length => ({name: 'counting bytes', mac: counting(start, length)}))),
];

/** The hash of the MAC at the end of a ticket, and its length. */
const layouts = [
	// RFC 5077 §4, OpenSSL, nginx, Node.js: name, IV, state, HMAC-SHA-256.
	{hash: 'sha256', bytes: 32},
	{hash: 'sha384', bytes: 48},
	// GnuTLS: name, IV, length, state, HMAC-SHA-1.
	{hash: 'sha1', bytes: 20},
] as const;

/** Name, IV and one block of state. */
const fewestBytes = 48;

/** Whether a ticket is long enough to hold a session. A shorter one names a session that the server keeps. */
export const holdsSession = (ticket: Uint8Array): boolean => ticket.length >= fewestBytes + 20;

/** The known key that a ticket's MAC was made with; undefined if none fits. A MAC of 20 bytes or more does not fit by chance. */
export function keyOf(ticket: Uint8Array): KnownTicketKey | undefined {
	return knownKeys.find(({mac}) =>
		layouts.some(({hash, bytes}) => {
			if (ticket.length < fewestBytes + bytes) {
				return false;
			}

			const [body, given] = [ticket.subarray(0, -bytes), ticket.subarray(-bytes)];
			return timingSafeEqual(createHmac(hash, mac).update(body).digest(), given);
		}),
	);
}
