import type {Ending} from '../../exchange/completing/completion.js';
import type {AnswerTo, Ask} from '../probe.js';

/** Whether a connection did not get as far as an answer to its hello, because none came in time. What is silent later has read the hello. */
export function isUnanswered({kind}: Ask, answer: AnswerTo<Ask>): boolean {
	switch (kind) {
		case 'hello':
			return 'outcome' in answer && answer.outcome.kind === 'silent';
		case 'handshake':
			return 'handshake' in answer && answer.handshake.kind === 'failed' && isMute(answer.handshake.how);
		case 'records':
			return 'kind' in answer && answer.kind === 'turn' && answer.turn.end === 'timeout' && answer.turn.received.length === 0;
		default:
			return false;
	}
}

const isMute = (ending: Ending): boolean => ending.kind === 'silent' && ending.receivedBytes === 0;
