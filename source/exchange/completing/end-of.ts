import type {End} from '../transcript.js';
import type {Completion, Ending, ServiceAnswer} from './completion.js';
import type {TlsStream} from './tls-stream.js';

/** How the connection ended: by what the server did, or because the time was up. */
export function endOf({handshake, answer}: Completion): End {
	const how = handshake.kind === 'failed' ? handshake.how : handshake.kind === 'completed' ? answer : undefined;
	if (handshake.kind === 'not-reached' || how?.kind === 'unanswered') {
		return 'unasked';
	}

	switch (how?.kind) {
		case 'closed':
		case 'reset':
			return how.kind;
		case 'silent':
			return 'timeout';
		default:
			return 'answered';
	}
}

/** How the connection below the TLS library ended; undefined while it has not. */
export function endingOf(stream: TlsStream): Ending | undefined {
	if (stream.isFlooded()) {
		return {kind: 'malformed', problem: `more than ${stream.receivedBytes() - 1} bytes without an end`};
	}

	const how = stream.ended();
	return how === undefined ? undefined : typeof how === 'string' ? {kind: how} : {kind: 'own-stack', code: how.code};
}

/** Whether turns can follow on a connection whose request has this answer; undefined where there was no request. */
export const isOpenAfter = (answer: ServiceAnswer | undefined, stream: TlsStream): boolean =>
	(answer === undefined || ['http', 'not-http', 'silent'].includes(answer.kind)) && stream.ended() === undefined && !stream.isFlooded();
