import type {Conversation, HandshakeAsk} from '../../probe.js';
import {endInWords, isCut, isRefusal, renegotiate, renegotiating} from '../renegotiation.js';
import type {About, Assessment} from '../vulnerability.js';

/** Some servers stop after a few: 3, 5 and 9 were seen. */
const most = 10;

/** Renegotiates on one connection, up to ten times. What may be a vulnerability, or a limit without an alert, is seen twice. */
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
	if (count === 0) {
		return isRefusal(end)
			? {status: 'absent', message: `refused by ${endInWords(end)}`}
			: {status: 'inconclusive', message: `not renegotiated: ${endInWords(end)}`};
	}

	if (count < most && !isCut(end)) {
		return {status: 'inconclusive', message: `renegotiated ${times(count)}, then ${endInWords(end)}`};
	}

	const second = yield* renegotiate(handshake);
	if ('status' in second) {
		return second;
	}

	const isLimited = (one: typeof first): boolean => one.count < most && isCut(one.end);
	if (count >= most && second.count >= most) {
		return {status: 'present', message: `renegotiated ${times(most)} on each of two connections`};
	}

	return isLimited(first) && isLimited(second)
		? {status: 'absent', message: `limited: renegotiated ${times(Math.max(count, second.count))}, then ${endInWords(end)}`}
		: {status: 'inconclusive', message: `renegotiated ${times(count)} on one connection, and ${times(second.count)} on another`};
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
