import {cutInWords, outcomeInBrief} from '../outcome-in-brief.js';
import type {Conversed, TurnAnswer} from './turn.js';

/** What a conversation of records came to. What the peer chose is in it as it came: not safe to print as it is. */
export const conversedInBrief = (conversed: Conversed): string =>
	conversed.kind === 'not-reached' ? outcomeInBrief(conversed.outcome) : turnsInBrief(conversed.turns);

/** `3 turns: answered, answered, closed by the server`. */
export const turnsInBrief = (turns: readonly TurnAnswer[]): string =>
	`${turns.length} ${turns.length === 1 ? 'turn' : 'turns'}: ${turns.map(turnInBrief).join(', ')}`;

function turnInBrief({end, because = 'deadline', received, durationMs}: TurnAnswer): string {
	switch (end) {
		case 'until':
			return received.length === 0 ? 'sent' : 'answered';
		case 'alert':
			return 'alert';
		case 'closed':
			return 'closed by the server';
		case 'reset':
			return 'reset';
		case 'timeout':
			return `no answer within ${Math.round(durationMs)} ms`;
		case 'malformed':
			return 'not made of records';
		case 'flooded':
			return 'more bytes than are read';
		case 'failed':
			return 'the connection broke';
		case 'unanswered':
			return cutInWords({because});
		default:
			return end satisfies never;
	}
}
