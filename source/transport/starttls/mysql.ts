import {Writer} from '../../bytes/writer.js';
import {type Dialogue, latin1, notAnAnswer, type RefusalKind, wordsOf} from '../dialogue.js';
import type {StartTls} from '../starttls.js';

const capability = {protocol41: 0x02_00, ssl: 0x08_00, secureConnection: 0x80_00} as const;

/** https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html */
const kinds: Readonly<Record<number, RefusalKind>> = {1040: 'busy', 1129: 'blocked', 1130: 'not-allowed', 1203: 'busy'};

export default {
	name: 'mysql',
	ports: [3306],
	source: 'https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html',
	*converse(): Dialogue {
		const packet = yield {until: untilPacket};
		const [kind, rest] = [packet[4], packet.subarray(5)];
		if (kind === 0xff) {
			// A code of two bytes, and optionally a state of six, before the text.
			const code = (rest[0] ?? 0) + (rest[1] ?? 0) * 256;
			return {isRefusedEarly: true, kind: kinds[code], words: wordsOf(latin1(rest.subarray(2)).replace(/^#.{5}/, ''))};
		}

		const end = rest.indexOf(0);
		if (kind !== 10 || end === -1) {
			return notAnAnswer(packet, "MySQL's protocol", 'not a greeting in');
		}

		// After the version: the thread, eight bytes of salt, and a zero.
		const place = end + 1 + 4 + 8 + 1;
		const capabilities = (rest[place] ?? 0) + (rest[place + 1] ?? 0) * 256;
		if ((capabilities & capability.ssl) === 0) {
			return {kind: 'not-offered', words: `${wordsOf(rest.subarray(0, end))} does not offer TLS (CLIENT_SSL)`};
		}

		yield {send: sslRequest((packet[3]! + 1) & 0xff)};
		return undefined;
	},
} as const satisfies StartTls;

function sslRequest(sequence: number): Uint8Array {
	const flags = capability.protocol41 | capability.ssl | capability.secureConnection;
	return new Writer()
		.bytes(Uint8Array.of(32, 0, 0, sequence))
		.bytes(Uint8Array.of(flags & 0xff, flags >> 8, 0, 0))
		.bytes(Uint8Array.of(0, 0, 0, 1))
		.uint8(45)
		.bytes(new Uint8Array(23))
		.toBytes();
}

/** A packet begins with its length in three bytes and its number. The text of other protocols would be a long packet. */
function untilPacket(bytes: Uint8Array): number | undefined {
	if (bytes.length < 5) {
		return undefined;
	}

	const length = bytes[0]! + bytes[1]! * 256 + bytes[2]! * 65_536 + 4;
	if (bytes[4] !== 10 && bytes[4] !== 0xff) {
		return bytes.length;
	}

	return bytes.length < length ? undefined : length;
}
