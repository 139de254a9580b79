import {isIP} from 'node:net';
import {addressBytes} from '../../bytes/address-bytes.js';
import {Writer} from '../../bytes/writer.js';
import {type Dialogue, type DialogueStep, type Refusal, untilLength, wordsOf} from '../dialogue.js';
import type {ForwardProxy} from './url.js';

/** RFC 1928 §6. */
const replies: Readonly<Record<number, string>> = {
	1: 'general failure of the proxy',
	2: 'not allowed by its rules',
	3: 'network unreachable',
	4: 'host unreachable',
	5: 'connection refused',
	6: 'TTL expired',
	7: 'command not supported',
	8: 'address type not supported',
};

const noLogin = 0x00;
const passwordLogin = 0x02;

/**
Ask a SOCKS proxy for a connection. RFC 1928 and, for the password, RFC 1929.

@param host - A name, which the proxy looks up, or an address without brackets.
*/
export function* socks5({user, password = ''}: ForwardProxy, host: string, port: number): Dialogue {
	const methods = user === undefined ? [noLogin] : [noLogin, passwordLogin];
	const choice = yield {send: Uint8Array.of(5, methods.length, ...methods), until: untilVersion(5, 2)};
	if (choice[0] !== 5) {
		return {words: `not an answer in SOCKS 5: ${wordsOf(choice)}`};
	}

	if (choice[1] === passwordLogin && user !== undefined) {
		const refusal = yield* logIn(user, password);
		if (refusal !== undefined) {
			return refusal;
		}
	} else if (choice[1] !== noLogin) {
		return {
			words: user === undefined ? 'it requires a user and a password (SOCKS 255)' : 'it accepts no supported login method (SOCKS 255)',
		};
	}

	const request = new Writer().bytes(Uint8Array.of(5, 1, 0));
	writeAddress(request, host);
	const answer = yield {send: request.uint16(port).toBytes(), until: untilReply};
	if (answer[0] !== 5) {
		return {words: `not an answer in SOCKS 5: ${wordsOf(answer)}`};
	}

	const code = answer[1]!;
	return code === 0 ? undefined : {words: `${replies[code] ?? 'an unknown reply'} (SOCKS ${code})`};
}

function* logIn(user: string, password: string): Generator<DialogueStep, Refusal | undefined, Uint8Array> {
	const request = new Writer().uint8(1);
	for (const text of [user, password]) {
		request.prefixed(1, inner => inner.bytes(Buffer.from(text)));
	}

	const answer = yield {send: request.toBytes(), until: untilLength(2)};
	return answer[1] === 0 ? undefined : {words: `user or password refused (SOCKS login ${answer[1]})`};
}

function writeAddress(writer: Writer, host: string): void {
	const family = isIP(host);
	writer.uint8(family === 4 ? 1 : family === 6 ? 4 : 3);
	if (family === 0) {
		writer.prefixed(1, inner => inner.bytes(Buffer.from(host)));
	} else {
		writer.bytes(addressBytes(host));
	}
}

/** This many bytes, or all bytes if the first one is not the version. */
const untilVersion =
	(version: number, length: number) =>
	(bytes: Uint8Array): number | undefined =>
		bytes.length > 0 && bytes[0] !== version ? bytes.length : untilLength(length)(bytes);

/** A refusal may come without the address that should follow. */
function untilReply(bytes: Uint8Array): number | undefined {
	if (bytes.length > 0 && bytes[0] !== 5) {
		return bytes.length;
	}

	if (bytes.length >= 2 && bytes[1] !== 0) {
		return bytes.length;
	}

	if (bytes.length < 5) {
		return undefined;
	}

	const addressLength = bytes[3] === 1 ? 4 : bytes[3] === 4 ? 16 : bytes[4]! + 1;
	return untilLength(4 + addressLength + 2)(bytes);
}
