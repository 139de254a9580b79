import type {Codec} from '../codec.js';

/** RFC 7301 §3.1. */
const protocols: Codec<readonly string[]> = {
	name: 'ProtocolNameList',
	decode: reader =>
		reader.prefixed(2, 'protocol_name_list', list =>
			list.list('protocol_name_list', item =>
				item.prefixed(1, 'ProtocolName', name =>
					Buffer.from(name.rest('ProtocolName', bytes => JSON.stringify(Buffer.from(bytes).toString('latin1')))).toString('latin1'),
				),
			),
		),
	encode(writer, names) {
		writer.prefixed(2, list => {
			for (const name of names) {
				list.prefixed(1, inner => inner.bytes(Buffer.from(name, 'latin1')));
			}
		});
	},
};

export default {type: 0x00_10, clientHello: protocols, serverHello: protocols} as const;
