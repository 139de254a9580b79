import {completionInBrief} from './completion-in-brief.js';
import type {Exchanged} from './exchanged.js';
import {outcomeInBrief} from './outcome-in-brief.js';
import {answerInBrief} from './questions/question-in-brief.js';
import {conversedInBrief} from './turns/conversed-in-brief.js';

/** One line for a person: what a connection came to. What the peer chose is in it as it came: not safe to print as it is. */
export function exchangedInBrief(exchanged: Exchanged): string {
	switch (exchanged.kind) {
		case 'hello':
			return outcomeInBrief(exchanged.transcript.outcome);
		case 'handshake':
			return completionInBrief(exchanged.transcript.outcome);
		case 'records':
			return conversedInBrief(exchanged.transcript.outcome);
		case 'question':
			return `${exchanged.question.type} ${exchanged.question.name}: ${answerInBrief(exchanged.transcript.outcome)}`;
		default:
			return exchanged satisfies never;
	}
}
