import type {Conversation, HandshakeAsk} from '../../probe.js';
import {
	areRefused,
	endInWords,
	isCut,
	isNoRenegotiation,
	isRefusal,
	type Renegotiated,
	renegotiate,
	renegotiating,
} from '../renegotiation.js';
import type {About, Assessment} from '../vulnerability.js';

/** Some servers stop after 3, 5 or 9. */
const most = 10;

/** Renegotiates on one connection, up to ten times. Every verdict is seen on two connections, but for the alert no_renegotiation. */
export default function* askClientRenegotiation(about: About): Conversation<Assessment, HandshakeAsk> {
	const handshake = renegotiating(about, most);
	if ('status' in handshake) {
		return handshake;
	}

	const first = yield* renegotiate(handshake);
	if ('status' in first) {
		return first;
	}

	const {count, end} = first;
	if (count === 0 && !isRefusal(end)) {
		return {status: 'inconclusive', message: `not renegotiated: ${endInWords(end)}`};
	}

	const refused: Assessment = {status: 'absent', message: `refused by ${endInWords(end)}`};
	if (count === 0 && isNoRenegotiation(end)) {
		return refused;
	}

	if (count < most && !isCut(end)) {
		return {status: 'inconclusive', message: `renegotiated ${times(count)}, then ${endInWords(end)}`};
	}

	const second = yield* renegotiate(handshake);
	if ('status' in second) {
		return second;
	}

	if (areRefused(first, second)) {
		return refused;
	}

	if (count >= most && second.count >= most) {
		return {status: 'present', message: `renegotiated ${times(most)} on each of two connections`};
	}

	return isLimited(first) && isLimited(second)
		? {status: 'absent', message: `limited: renegotiated ${times(Math.max(count, second.count))}, then ${endInWords(end)}`}
		: {status: 'inconclusive', message: `renegotiated ${times(count)} on one connection, and ${times(second.count)} on another`};
}

/** Whether the server stopped after some. */
const isLimited = ({count, end}: Renegotiated): boolean => count > 0 && count < most && isCut(end);

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
