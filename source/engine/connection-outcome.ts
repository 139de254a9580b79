import type {Outcome} from '../exchange/outcome.js';
import type {Attempt} from '../probes/attempt.js';

/** The outcome of a hello, or why another connection was not made; undefined if it was made, and for questions to the DNS. */
export function connectionOutcome(attempt: Attempt): Outcome | undefined {
	switch (attempt.kind) {
		case 'hello':
			return attempt.transcript.outcome;
		case 'handshake': {
			const {handshake} = attempt.transcript.outcome;
			return handshake.kind === 'not-reached' ? handshake.outcome : undefined;
		}
		case 'records': {
			const {outcome} = attempt.transcript;
			return outcome.kind === 'not-reached' ? outcome.outcome : undefined;
		}
		case 'question':
			return undefined;
		default:
			return attempt satisfies never;
	}
}
