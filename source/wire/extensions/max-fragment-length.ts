import type {Codec} from '../codec.js';

const length: Codec<number> = {
	name: 'MaxFragmentLength',
	decode: reader => reader.uint8('MaxFragmentLength', code => (code >= 1 && code <= 4 ? `2^${code + 8} bytes` : String(code))),
	encode(writer, code) {
		writer.uint8(code);
	},
};

/** RFC 6066 §4. */
export default {type: 0x00_01, clientHello: length, serverHello: length} as const;
