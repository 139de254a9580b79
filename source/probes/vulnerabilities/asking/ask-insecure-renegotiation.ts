import type {Conversation, HandshakeAsk} from '../../probe.js';
import {areRefused, endInWords, isNoRenegotiation, isRefusal, renegotiate, renegotiating} from '../renegotiation.js';
import type {About, Assessment} from '../vulnerability.js';

/** A server without renegotiation_info is vulnerable only if it renegotiates. That is tried twice. RFC 5746 §3.6. */
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

	const first = yield* renegotiate(handshake);
	if ('status' in first) {
		return first;
	}

	const isSettled = first.count === 0 && (isNoRenegotiation(first.end) || !isRefusal(first.end));
	const second = isSettled ? first : yield* renegotiate(handshake);
	if ('status' in second) {
		return second;
	}

	if (first.count > 0 && second.count > 0) {
		return {status: 'present', message: 'renegotiates without renegotiation_info, on each of two connections'};
	}

	if (areRefused(first, second)) {
		return {status: 'absent', message: `renegotiation_info is not answered, and renegotiation is refused by ${endInWords(first.end)}`};
	}

	const unmet = first.count === 0 ? first : second;
	return {status: 'inconclusive', message: `renegotiation_info is not answered; not renegotiated each time: ${endInWords(unmet.end)}`};
}
