import {DecodeError} from '../../bytes/decode-error.js';
import type {Codec} from '../codec.js';

/** Names after each other, a byte of length before each; an empty name is not allowed. draft-agl-tls-nextprotoneg-04 §3. */
const protocols: Codec<readonly string[]> = {
	name: 'NextProtocolNegotiation',
	decode: reader =>
		reader.list('protocols', item => {
			const name = item.prefixed(1, 'protocol', inner =>
				Buffer.from(inner.rest('protocol', bytes => JSON.stringify(Buffer.from(bytes).toString('latin1')))).toString('latin1'),
			);
			if (name === '') {
				throw new DecodeError('protocol', item.offset - 1, 'an empty name');
			}

			return name;
		}),
	encode(writer, names) {
		for (const name of names) {
			writer.prefixed(1, inner => inner.bytes(Buffer.from(name, 'latin1')));
		}
	},
};

export default {type: 0x33_74, serverHello: protocols} as const;
