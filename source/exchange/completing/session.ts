import type tls from 'node:tls';
import {DecodeError} from '../../bytes/decode-error.js';
import {type DerElement, derChildren, derTag, explicitTag, ofTag, readDer} from '../../bytes/der.js';
import {fromHex, toHex} from '../../bytes/hex.js';

/** A ticket has up to 64 KiB, and the certificate of the server comes with it. */
const mostBytes = 98_304;

/** @returns The newest session by now, in hexadecimal; undefined where there is none. */
export type SessionWatch = () => string | undefined;

/** Note the sessions that a connection brings. In TLS 1.3 they come in tickets after the handshake. RFC 9846 §4.7.1. */
export function watchSession(socket: tls.TLSSocket, version: number): SessionWatch {
	let newest: Buffer | undefined;
	if (version >= 0x03_04) {
		socket.on('session', session => {
			newest = session;
		});
	}

	return () => {
		const session = version >= 0x03_04 ? newest : socket.getSession();
		return session === undefined || session.length > mostBytes ? undefined : toHex(withoutHeader(session));
	};
}

const headerStart = Buffer.from('\0nodejs:tls:session:1\0');

/** Node.js 26 puts a header before the session: a text that ends with a zero, and the name of the host after its length in two bytes. */
const withoutHeader = (session: Buffer): Buffer =>
	session.subarray(0, headerStart.length).equals(headerStart) && session.length > headerStart.length + 2
		? session.subarray(headerStart.length + 2 + session.readUInt16BE(headerStart.length))
		: session;

/** What a session says of how it can be resumed. */
export type SessionFacts = {
	/** 0x0300 to 0x0304. */
	readonly version: number;
	/** In hexadecimal; empty where the server gave none. With a ticket it is OpenSSL's name for it. */
	readonly sessionId: string;
	/** In hexadecimal; undefined where the server gave none. */
	readonly ticket?: string | undefined;
	/** How long the server will take the ticket, as it says; undefined where it does not say. RFC 5077 §5.6, RFC 9846 §4.7.1. */
	readonly lifetimeSeconds?: number | undefined;
	/** How many bytes of 0-RTT data the server takes. RFC 9846 §4.7.1. */
	readonly maxEarlyDataBytes?: number | undefined;
};

/** Fields of OpenSSL's SSL_SESSION. ssl/ssl_asn1.c. */
const field = {lifetimeHint: explicitTag(9), ticket: explicitTag(10), maxEarlyData: explicitTag(15)} as const;

/** @returns Undefined where it is no SSL_SESSION. */
export function readSession(session: string): SessionFacts | undefined {
	try {
		const elements = derChildren(readDer(fromHex(session), derTag.sequence));
		const version = numberOf(ofTag(elements[1], derTag.integer));
		const sessionId = toHex(ofTag(elements[3], derTag.octetString).contents);
		const inner = (tag: number): DerElement | undefined => {
			const found = elements.find(element => element.tag === tag);
			return found && readDer(found.contents);
		};
		const [ticket, lifetime, early] = [inner(field.ticket), inner(field.lifetimeHint), inner(field.maxEarlyData)];
		return {
			version,
			sessionId,
			...(ticket === undefined ? {} : {ticket: toHex(ticket.contents)}),
			...(lifetime === undefined ? {} : {lifetimeSeconds: numberOf(lifetime)}),
			...(early === undefined ? {} : {maxEarlyDataBytes: numberOf(early)}),
		};
	} catch (error) {
		if (error instanceof DecodeError) {
			return undefined;
		}

		throw error;
	}
}

/**
A session with another session id, of at most 32 bytes.

@param session - One that `readSession` reads.
*/
export function withSessionId(session: string, sessionId: Uint8Array): string {
	const elements = derChildren(readDer(fromHex(session), derTag.sequence));
	const contents = Buffer.concat(elements.map(({whole}, index) => (index === 3 ? withHeader(derTag.octetString, sessionId) : whole)));
	return toHex(withHeader(derTag.sequence, contents));
}

/** X.690 §8.1.3. */
function withHeader(tag: number, contents: Uint8Array): Uint8Array {
	const {length} = contents;
	const digits = fromHex(length.toString(16).padStart(length < 0x1_00 ? 2 : length < 0x1_00_00 ? 4 : 6, '0'));
	const size = length < 0x80 ? digits : [0x80 + digits.length, ...digits];
	return Uint8Array.of(tag, ...size, ...contents);
}

/** At most six bytes, which is more than any of these fields has. */
function numberOf({contents}: DerElement): number {
	let number = 0;
	for (const byte of contents.subarray(-6)) {
		number = number * 256 + byte;
	}

	return number;
}
