import type {Codec} from '../codec.js';

const names: Readonly<Record<number, string>> = {1: 'peer_allowed_to_send', 2: 'peer_not_allowed_to_send'};

const mode: Codec<number> = {
	name: 'HeartbeatExtension',
	decode: reader => reader.uint8('mode', code => names[code] ?? String(code)),
	encode(writer, code) {
		writer.uint8(code);
	},
};

/** RFC 6520 §2. */
export default {type: 0x00_0f, clientHello: mode, serverHello: mode} as const;
