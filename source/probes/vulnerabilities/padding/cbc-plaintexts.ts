import type {CbcKeys} from '../../../exchange/sealing/cbc-keys.js';
import {type CbcPlaintext, macOf, padding} from '../../../exchange/sealing/cbc-records.js';

/** Finished was record 0. */
const sequence = 1;

const [alert, applicationData] = [0x15, 0x17];

/** A warning that the client closes the connection. RFC 5246 §7.2.1. */
const closeNotify = Uint8Array.of(1, 0);

/** How a record is malformed. */
export const malformations = ['wrong-mac', 'no-padding', 'wrong-padding', 'padding-alone', 'empty'] as const;

export type Malformation = (typeof malformations)[number];

/** In words, after `a record with`. */
export const malformationWords: Readonly<Record<Malformation, string>> = {
	'wrong-mac': 'a wrong MAC',
	'no-padding': 'neither padding nor MAC',
	'wrong-padding': 'wrong padding',
	'padding-alone': 'padding alone',
	empty: 'no data and a wrong MAC',
};

/** The request of HTTP in the record, whose answer shows that the record was accepted. */
export type SentRequest = {readonly request: string | undefined};

/** A record that a server has to accept: a request, or a close_notify if no request is known. */
export function soundRecord(keys: CbcKeys, {request}: SentRequest): CbcPlaintext {
	const [type, data] = request === undefined ? [alert, closeNotify] : [applicationData, Buffer.from(request, 'latin1')];
	const mac = macOf(keys, keys.client, sequence, type, data);
	return {type, bytes: Buffer.concat([data, mac, padding(data.length + mac.length)])};
}

/** A record that a server has to refuse, in the same way for every malformation. */
export function malformedRecord(keys: CbcKeys, {request}: SentRequest, malformation: Malformation): CbcPlaintext {
	const type = applicationData;
	const data = malformation === 'empty' ? Buffer.alloc(0) : Buffer.from(request ?? 'tlsprobe\r\n', 'latin1');
	const mac = macOf(keys, keys.client, sequence, type, data);
	switch (malformation) {
		case 'wrong-mac':
		case 'empty':
			mac[0]! ^= 0xff;
			return {type, bytes: Buffer.concat([data, mac, padding(data.length + mac.length)])};
		case 'wrong-padding': {
			// The last byte is the length, which stays right.
			const wrong = padding(data.length + mac.length, 1);
			wrong[0]! ^= 0xff;
			return {type, bytes: Buffer.concat([data, mac, wrong])};
		}
		case 'no-padding':
			// The length of the padding would be 255, more than the record has.
			return {type, bytes: Buffer.alloc(80, 0xff)};
		case 'padding-alone':
			return {type, bytes: Buffer.alloc(80, 79)};
		default:
			return malformation satisfies never;
	}
}
