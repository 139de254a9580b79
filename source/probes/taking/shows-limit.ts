import type {Attempt} from '../attempt.js';

/**
Whether these connections show that the server limits them: a connection was not made, or the same hello was not answered once and answered
later. A hello that is closed or reset each time may be refused for what it offers.
*/
export function showsLimit(attempts: readonly Attempt[]): boolean {
	const unanswered = new Set<unknown>();
	for (const attempt of attempts) {
		if (attempt.kind !== 'hello') {
			continue;
		}

		const {hello, transcript} = attempt;
		switch (transcript.outcome.kind) {
			case 'unreachable':
			case 'proxy-refused':
			case 'starttls-refused':
				return true;
			case 'closed':
			case 'reset':
			case 'silent':
				unanswered.add(hello);
				break;
			default:
				if (unanswered.has(hello)) {
					return true;
				}
		}
	}

	return false;
}
