import type {Conversation, HandshakeAsk} from '../../probe.js';
import {endInWords, isRefusal, renegotiate, renegotiating} from '../renegotiation.js';
import type {About, Assessment} from '../vulnerability.js';

/** A server that leaves out renegotiation_info is only vulnerable where it renegotiates: that is tried, twice. RFC 5746 §3.6. */
export default function* askInsecureRenegotiation(about: About): Conversation<Assessment, HandshakeAsk> {
	const handshake = renegotiating(about, 1);
	if ('status' in handshake) {
		return handshake;
	}

	const {status} = about.earlier.extensions.secureRenegotiation;
	if (status !== 'absent') {
		return status === 'present'
			? {status: 'absent', message: 'renegotiation_info is answered (RFC 5746)'}
			: {status: 'inconclusive', message: 'it is not known whether renegotiation_info is answered'};
	}

	for (const _try of [1, 2]) {
		const found = yield* renegotiate(handshake);
		if ('status' in found) {
			return found;
		}

		if (found.count === 0) {
			return isRefusal(found.end)
				? {status: 'absent', message: `renegotiation_info is not answered, and renegotiation is refused by ${endInWords(found.end)}`}
				: {status: 'inconclusive', message: `renegotiation_info is not answered; not renegotiated: ${endInWords(found.end)}`};
		}
	}

	return {status: 'present', message: 'renegotiates without renegotiation_info, on each of two connections'};
}
