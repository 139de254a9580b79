import type {Completion, Ending, ServiceAnswer} from './completing/completion.js';
import {cutInWords, outcomeInBrief} from './outcome-in-brief.js';
import {turnsInBrief} from './turns/conversed-in-brief.js';

/** What a handshake and the request after it came to. What the peer chose is in it as it came: not safe to print as it is. */
export const completionInBrief = ({turns, ...completion}: Completion): string =>
	`${withoutTurns(completion)}${turns === undefined ? '' : `, ${turnsInBrief(turns)}`}`;

function withoutTurns({handshake, answer}: Completion): string {
	switch (handshake.kind) {
		case 'completed':
			return `handshake completed with ${handshake.cipherSuite}${answer === undefined ? '' : `, ${answerInBrief(answer)}`}`;
		case 'failed':
			return `handshake failed, ${endingInBrief(handshake.how)}`;
		case 'not-spoken':
			return `not supported by the TLS library of Node.js, ${handshake.code}`;
		case 'not-reached':
			return outcomeInBrief(handshake.outcome);
		default:
			return handshake satisfies never;
	}
}

function answerInBrief(answer: ServiceAnswer): string {
	switch (answer.kind) {
		case 'http':
			return `HTTP ${answer.status}`;
		case 'not-http':
			return `not HTTP, looks like ${answer.looksLike.protocol}`;
		default:
			return endingInBrief(answer);
	}
}

function endingInBrief(ending: Ending): string {
	switch (ending.kind) {
		case 'alert':
			return `alert ${ending.alert}`;
		case 'closed':
			return 'closed';
		case 'reset':
			return 'reset';
		case 'silent':
			return `no answer within ${ending.afterMs} ms`;
		case 'malformed':
			return `malformed answer, ${ending.problem}`;
		case 'own-stack':
			return `an error of the TLS library of Node.js, ${ending.code}`;
		case 'unanswered':
			return cutInWords(ending);
		default:
			return ending satisfies never;
	}
}
