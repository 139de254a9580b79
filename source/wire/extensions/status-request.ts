import {DecodeError} from '../../bytes/decode-error.js';
import type {Codec} from '../codec.js';

/** A client's request for the certificate's OCSP status. */
export type OcspStatusRequest = {readonly responderIds: readonly Uint8Array[]; readonly requestExtensions: Uint8Array};

const ocsp = 1;

/** RFC 6066 §8. The server answers with an empty body. */
const clientHello: Codec<OcspStatusRequest> = {
	name: 'CertificateStatusRequest',
	decode(reader) {
		const statusType = reader.uint8('status_type', type => (type === ocsp ? 'ocsp' : String(type)));
		if (statusType !== ocsp) {
			throw new DecodeError('status_type', reader.offset - 1, `${statusType} instead of ocsp`);
		}

		return {
			responderIds: reader.prefixed(2, 'responder_id_list', list =>
				list.list('responder_id_list', item => item.prefixed(2, 'ResponderID', id => id.rest('ResponderID'))),
			),
			requestExtensions: reader.prefixed(2, 'request_extensions', inner => inner.rest('request_extensions')),
		};
	},
	encode(writer, {responderIds, requestExtensions}) {
		writer.uint8(ocsp);
		writer.prefixed(2, list => {
			for (const id of responderIds) {
				list.prefixed(2, inner => inner.bytes(id));
			}
		});
		writer.prefixed(2, inner => inner.bytes(requestExtensions));
	},
};

export default {type: 0x00_05, clientHello} as const;
