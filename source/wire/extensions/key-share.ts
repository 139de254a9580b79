import type {Reader} from '../../bytes/reader.js';
import type {Writer} from '../../bytes/writer.js';
import {groups} from '../../iana/groups.js';
import type {Codec} from '../codec.js';
import {uint16Body} from '../lists.js';

export type KeyShareEntry = {readonly group: number; readonly keyExchange: Uint8Array};

const entry = {
	decode: (reader: Reader): KeyShareEntry => ({
		group: reader.uint16('group', groups.label),
		keyExchange: reader.prefixed(2, 'key_exchange', inner => inner.rest('key_exchange')),
	}),
	encode(writer: Writer, {group, keyExchange}: KeyShareEntry): void {
		writer.uint16(group);
		writer.prefixed(2, inner => inner.bytes(keyExchange));
	},
};

const clientHello: Codec<readonly KeyShareEntry[]> = {
	name: 'KeyShareClientHello',
	decode: reader => reader.prefixed(2, 'client_shares', list => list.list('client_shares', entry.decode)),
	encode(writer, shares) {
		writer.prefixed(2, list => {
			for (const share of shares) {
				entry.encode(list, share);
			}
		});
	},
};

/** RFC 9846 §4.3.8. */
export default {
	type: 0x00_33,
	clientHello,
	serverHello: {name: 'KeyShareServerHello', ...entry} satisfies Codec<KeyShareEntry>,
	helloRetryRequest: uint16Body('selected_group', groups.label),
} as const;
