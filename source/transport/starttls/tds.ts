import {Writer} from '../../bytes/writer.js';
import type {Connection, ConnectionListener} from '../connection.js';
import {type Dialogue, notAnAnswer} from '../dialogue.js';
import type {StartTls} from '../starttls.js';

const packetType = {response: 0x04, preLogin: 0x12} as const;
const headerLength = 8;
/** The size of data packets without negotiation: 4,096 bytes. */
const mostData = 4088;
const option = {version: 0, encryption: 1} as const;

export default {
	name: 'tds',
	ports: [1433],
	source: '[MS-TDS] §2.2.6.5',
	*converse(): Dialogue {
		const answer = yield {send: preLogin(), until: untilPacket};
		if (answer[0] !== packetType.response) {
			return notAnAnswer(answer, 'TDS');
		}

		switch (encryptionIn(answer.subarray(headerLength))) {
			case undefined:
				return {words: 'its answer does not mention encryption'};
			case 2:
				return {kind: 'not-offered', words: 'ENCRYPT_NOT_SUP: it has no TLS'};
			default:
				return undefined;
		}
	},
	wrap: inPackets,
} as const satisfies StartTls;

/** PRELOGIN with two options, each a place, a length and a value: a version of zero, and ENCRYPT_ON. */
function preLogin(): Uint8Array {
	const options = new Writer().uint8(option.version).uint16(11).uint16(6).uint8(option.encryption).uint16(17).uint16(1).uint8(0xff);
	return packet(options.bytes(new Uint8Array(6)).uint8(1).toBytes(), true);
}

const packet = (data: Uint8Array, isLast: boolean): Uint8Array =>
	new Writer()
		.uint8(packetType.preLogin)
		.uint8(isLast ? 1 : 0)
		.uint16(data.length + headerLength)
		.uint16(0)
		.uint8(1)
		.uint8(0)
		.bytes(data)
		.toBytes();

function untilPacket(bytes: Uint8Array): number | undefined {
	if (bytes.length > 0 && bytes[0] !== packetType.response) {
		return bytes.length;
	}

	const length = bytes.length < headerLength ? undefined : Math.max(headerLength, bytes[2]! * 256 + bytes[3]!);
	return length === undefined || bytes.length < length ? undefined : length;
}

function encryptionIn(options: Uint8Array): number | undefined {
	for (let offset = 0; offset + 5 <= options.length && options[offset] !== 0xff; offset += 5) {
		if (options[offset] === option.encryption) {
			return options[options[offset + 1]! * 256 + options[offset + 2]!];
		}
	}

	return undefined;
}

/** Until the login is over, TLS travels in PRELOGIN packets, both ways. [MS-TDS] §3.2.5.2. */
function inPackets(connection: Connection): Connection {
	const {listen, send} = connection;
	return {
		...connection,
		send(bytes) {
			for (let offset = 0; offset < bytes.length; offset += mostData) {
				send(packet(bytes.subarray(offset, offset + mostData), offset + mostData >= bytes.length));
			}
		},
		listen: ({onBytes, onOver}) => listen({onBytes: unpacking(onBytes), onOver}),
	};
}

/** Bytes outside packets are passed on unchanged, so that their protocol can be recognised. */
function unpacking(listener: ConnectionListener['onBytes']): ConnectionListener['onBytes'] {
	let isRaw = false;
	let header: number[] = [];
	let left = 0;
	return chunk => {
		for (let bytes = chunk; bytes.length > 0; ) {
			if (isRaw || left > 0) {
				const data = bytes.subarray(0, isRaw ? bytes.length : left);
				left -= data.length;
				bytes = bytes.subarray(data.length);
				listener(data);
				continue;
			}

			header.push(bytes[0]!);
			bytes = bytes.subarray(1);
			if (header[0] !== packetType.preLogin && header[0] !== packetType.response) {
				isRaw = true;
				listener(Uint8Array.from(header));
			} else if (header.length === headerLength) {
				left = Math.max(0, header[2]! * 256 + header[3]! - headerLength);
				header = [];
			}
		}
	};
}
