import {readdirSync, readFileSync} from 'node:fs';
import {fromHex} from '../../source/bytes/hex.js';
import type {Flow} from '../../source/exchange/flow.js';
import {readFlow} from '../../source/exchange/read-flow.js';

const random = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';

/** A ClientHello without an extension block: 32 bytes of random, a session id of two bytes, two suites. */
export const clientHelloHex = `0301 ${random} 02abcd 0004 002f000a 0100`;

/** The same with extensions: server_name, supported_groups, one that no registry knows, and an empty one. */
export const extendedClientHelloHex = `${clientHelloHex} 0022 0000000a 00080000056c61622e61 000a0006 0004001d0017 fafa0002 beef 00170000`;

export const serverHelloHex = `0303 ${random} 00 c02f 00`;

/** Of TLS 1.3: supported_versions, and a key_share of four bytes. */
export const serverHello13Hex = `0303 ${random} 02abcd 1301 00 0012 002b00020304 00330008 001d0004 01020304`;

/** Asks for secp384r1, with a cookie. */
export const helloRetryRequestHex =
	'0303 cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c 00 1302 00 0015 002b00020304 003300020018 002c00050003aabbcc';

/** A message behind the header that announces it. */
export function handshakeMessage(type: number, hex: string): Uint8Array {
	const body = fromHex(hex);
	return Uint8Array.of(type, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff, ...body);
}

export function record(type: number, fragment: Uint8Array, version = 0x03_01): Uint8Array {
	return Uint8Array.of(type, version >> 8, version & 0xff, fragment.length >> 8, fragment.length & 0xff, ...fragment);
}

export const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

/** The flows of one folder of `fixtures/flows`, in the order in which they were made. */
export const readFlows = (name: string): Flow[] =>
	readdirSync(`fixtures/flows/${name}`)
		.toSorted()
		.map(file => readFlow(readFileSync(`fixtures/flows/${name}/${file}`, 'utf8')));
