import type {Codec} from '../codec.js';

/** One name of the list. A type other than host_name is kept undecoded. */
export type ServerName = {readonly nameType: number; readonly name: string};

/** RFC 6066 §3. The server answers with an empty body. */
const clientHello: Codec<readonly ServerName[]> = {
	name: 'ServerNameList',
	decode: reader =>
		reader.prefixed(2, 'server_name_list', list =>
			list.list('server_name_list', item => ({
				nameType: item.uint8('name_type', type => (type === 0 ? 'host_name' : String(type))),
				name: item.prefixed(2, 'HostName', name =>
					Buffer.from(name.rest('HostName', bytes => JSON.stringify(Buffer.from(bytes).toString('latin1')))).toString('latin1'),
				),
			})),
		),
	encode(writer, names) {
		writer.prefixed(2, list => {
			for (const {nameType, name} of names) {
				list.uint8(nameType);
				list.prefixed(2, inner => inner.bytes(Buffer.from(name, 'latin1')));
			}
		});
	},
};

export default {type: 0x00_00, clientHello} as const;
