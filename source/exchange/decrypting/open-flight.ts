import {DecodeError, tryDecode} from '../../bytes/decode-error.js';
import {alert} from '../../wire/alert.js';
import {decode} from '../../wire/codec.js';
import {findReadable} from '../../wire/extension.js';
import {keyShare} from '../../wire/extensions/index.js';
import {contentType} from '../../wire/record.js';
import {type ServerHello, serverHello} from '../../wire/server-hello.js';
import {makeBacklog} from '../backlog.js';
import type {EncryptedFlight, FlightSoFar, OpenFlight} from '../encrypted-flight.js';
import type {ServerFlight} from '../outcome.js';
import {type Protection, protectionOf, serverHandshakeSecret} from './key-schedule.js';
import {readMessage13} from './read-message.js';
import {openRecords} from './record-opener.js';
import {sharedSecret} from './shared-secret.js';

const messageHeader = 4;

/** By the key exchange, where the hello had shares whose private keys are known. */
export const openFlight: OpenFlight = (clientHelloMessage, serverHelloMessage) => {
	const hello = tryDecode(() => decode(serverHello, serverHelloMessage.subarray(4)));
	const share = findReadable(hello?.extensions, keyShare.type, keyShare.serverHello);
	const shared = share && sharedSecret(share.group, share.keyExchange);
	const protection = hello && protectionOf(hello.cipherSuite);
	return (
		shared &&
		protection &&
		openFlightBy(hello, protection, serverHandshakeSecret(protection, shared, [clientHelloMessage, serverHelloMessage]))
	);
};

/** @param secret - The server_handshake_traffic_secret. */
export function openFlightBy(hello: ServerHello, protection: Protection, secret: Uint8Array): EncryptedFlight {
	const records = openRecords(protection, secret);
	const messages = makeBacklog(messageHeader);
	let flight: ServerFlight = {
		extensions: (hello.extensions ?? []).map(({type}) => type),
		bodies: (hello.extensions ?? []).map(({type, data}) => ({type, data: data.slice()})),
	};

	const read = (content: Uint8Array): FlightSoFar => {
		messages.push(content);
		for (let whole = messages.whole(); whole !== undefined && flight.isWhole === undefined; whole = messages.whole()) {
			const end = messageHeader + whole[1]! * 65_536 + whole[2]! * 256 + whole[3]!;
			if (whole.length < end) {
				messages.keep(0, end);
			} else {
				flight = readReadable(flight, whole[0]!, whole.subarray(messageHeader, end));
				messages.keep(end, messageHeader);
			}
		}

		return {kind: 'flight', flight};
	};

	return {
		push(record) {
			const inner = records.open(record);
			switch (inner?.type) {
				case contentType.handshake:
					return read(inner.content);
				case contentType.alert: {
					const decoded = tryDecode(() => decode(alert, inner.content));
					return decoded && {kind: 'alert', alert: decoded};
				}
				default:
					return undefined;
			}
		},
	};
}

/** A message that cannot be read adds nothing: the version is selected already. */
function readReadable(flight: ServerFlight, type: number, body: Uint8Array): ServerFlight {
	try {
		return readMessage13(flight, type, body);
	} catch (error) {
		if (error instanceof DecodeError) {
			return flight;
		}

		throw error;
	}
}
