import type {End} from '../transcript.js';
import type {Completion} from './completion.js';

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
