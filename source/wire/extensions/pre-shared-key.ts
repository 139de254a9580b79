import type {Codec} from '../codec.js';
import {uint16Body} from '../lists.js';

export type PskIdentity = {readonly identity: Uint8Array; readonly obfuscatedTicketAge: number};

export type OfferedPsks = {readonly identities: readonly PskIdentity[]; readonly binders: readonly Uint8Array[]};

const clientHello: Codec<OfferedPsks> = {
	name: 'OfferedPsks',
	decode: reader => ({
		identities: reader.prefixed(2, 'identities', list =>
			list.list('identities', item => ({
				identity: item.prefixed(2, 'identity', inner => inner.rest('identity')),
				obfuscatedTicketAge: item.uint32('obfuscated_ticket_age'),
			})),
		),
		binders: reader.prefixed(2, 'binders', list =>
			list.list('binders', item => item.prefixed(1, 'PskBinderEntry', inner => inner.rest('PskBinderEntry'))),
		),
	}),
	encode(writer, {identities, binders}) {
		writer.prefixed(2, list => {
			for (const {identity, obfuscatedTicketAge} of identities) {
				list.prefixed(2, inner => inner.bytes(identity)).uint32(obfuscatedTicketAge);
			}
		});
		writer.prefixed(2, list => {
			for (const binder of binders) {
				list.prefixed(1, inner => inner.bytes(binder));
			}
		});
	},
};

/** RFC 9846 §4.3.11. */
export default {type: 0x00_29, clientHello, serverHello: uint16Body('selected_identity', String)} as const;
