import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {DecodeError} from '../../bytes/decode-error.js';
import {quotedPath} from '../../bytes/quoted-path.js';
import {readHexText} from '../../bytes/read-hex-text.js';
import {whyUnreadable} from '../../bytes/why-unreadable.js';
import type {ClientProfile} from '../../clients/client-profile.js';
import {recordedClient} from '../../clients/recorded-client.js';
import {FlowError, isFlow} from '../../exchange/flow.js';
import {readClientHello} from '../../exchange/read-client-hello.js';
import {readFlow} from '../../exchange/read-flow.js';
import {UsageError} from '../command.js';

/**
A client whose hello was recorded: a flow, hexadecimal text, or the bytes themselves.

@throws {UsageError} If the file holds no ClientHello.
*/
export async function readHelloFile(file: string): Promise<ClientProfile> {
	const refuse = (problem: string): never => {
		throw new UsageError(`--client-hello ${quotedPath(file)}: ${problem}; it must be a flow, hexadecimal text or raw bytes`);
	};

	const bytes = await readFile(file).catch((error: unknown) => refuse(whyUnreadable(error)));
	try {
		return recordedClient(path.parse(file).name, readClientHello(Uint8Array.from(sentBytes(Uint8Array.from(bytes)))));
	} catch (error) {
		if (error instanceof DecodeError || error instanceof FlowError || error instanceof TypeError) {
			return refuse(error.message);
		}

		throw error;
	}
}

function sentBytes(bytes: Uint8Array): Uint8Array {
	// A record's type, or the length of SSL 2's, is no text.
	if (bytes[0] === 0x16 || bytes[0]! >= 0x80) {
		return bytes;
	}

	const text = Buffer.from(bytes).toString('utf8');
	if (isFlow(text)) {
		const sent = readFlow(text).flights.filter(({from}) => from === 'client');
		return Uint8Array.from(Buffer.concat(sent.map(flight => flight.bytes)));
	}

	const hex = readHexText(text).find(({from}) => from !== 'server')?.bytes ?? new Uint8Array();
	return hex[0] === 1 && hex.length > 4 ? withRecord(hex) : hex;
}

/** Some tools print messages without their records. */
const withRecord = (message: Uint8Array): Uint8Array =>
	Uint8Array.from(Buffer.concat([Uint8Array.of(0x16, 3, 1, message.length >> 8, message.length & 0xff), message]));
