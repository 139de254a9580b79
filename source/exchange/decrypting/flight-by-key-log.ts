import {tryDecode} from '../../bytes/decode-error.js';
import {fromHex, toHex} from '../../bytes/hex.js';
import {decode} from '../../wire/codec.js';
import {handshakeType} from '../../wire/handshake.js';
import {contentType, splitRecords, type TlsRecord} from '../../wire/record.js';
import {type ServerHello, serverHello} from '../../wire/server-hello.js';
import type {Secrets} from '../completing/completion.js';
import type {ServerFlight} from '../outcome.js';
import {protectionOf} from './key-schedule.js';
import {openFlightBy} from './open-flight.js';

/** A ClientHello begins with its version, behind the headers of its record and its message. */
const randomStart = 5 + 4 + 2;

/**
What a server of TLS 1.3 encrypted in a handshake that the TLS library completed, up to its Finished.

@returns Undefined where the key log has no secret for it, or the received bytes are not such a handshake.
*/
export function flightByKeyLog({keyLog, sent, received}: Secrets): ServerFlight | undefined {
	const secret = secretIn(keyLog, toHex(sent.subarray(randomStart, randomStart + 32)));
	const records = tryDecode(() => splitRecords(received).records) ?? [];
	const found = helloIn(records);
	const protection = found && protectionOf(found.hello.cipherSuite);
	if (secret === undefined || protection === undefined) {
		return undefined;
	}

	const encrypted = openFlightBy(found!.hello, protection, secret);
	let flight: ServerFlight | undefined;
	for (const record of found!.later.filter(({type}) => type === contentType.applicationData)) {
		const read = encrypted.push(record);
		if (read?.kind !== 'flight') {
			break;
		}

		({flight} = read);
		if (flight.isWhole) {
			break;
		}
	}

	return flight;
}

/** RFC 9850 §2: a label, the random of the ClientHello and the secret. */
function secretIn(keyLog: readonly string[], random: string): Uint8Array | undefined {
	for (const line of keyLog) {
		const [label, of, secret] = line.split(' ');
		if (label === 'SERVER_HANDSHAKE_TRAFFIC_SECRET' && of === random && /^(?:[\da-f]{2})+$/.test(secret ?? '')) {
			return fromHex(secret!);
		}
	}

	return undefined;
}

/** The last ServerHello in clear, since a HelloRetryRequest may come first, and the records behind it. */
function helloIn(records: readonly TlsRecord[]): {readonly hello: ServerHello; readonly later: readonly TlsRecord[]} | undefined {
	const index = records.findLastIndex(({type, fragment}) => type === contentType.handshake && fragment[0] === handshakeType.serverHello);
	const hello = tryDecode(() => decode(serverHello, records[index]?.fragment.subarray(4) ?? new Uint8Array()));
	return hello && {hello, later: records.slice(index + 1)};
}
